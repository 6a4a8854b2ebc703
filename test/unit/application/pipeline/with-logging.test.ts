import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { withLogging } from '../../../../src/application/pipeline/with-logging.ts';
import type { UseCase } from '../../../../src/application/use-case.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { outcomeOf } from '../../../support/failure.ts';
import { madeUpCode } from '../../../support/made-up-code.ts';
import { fakeContext } from '../fake-context.ts';
import { ManualClock } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

const test = suite('with-logging');

const secret = 'hunter2';
const message = { name: 'tool', arguments: { password: secret } };

function logging(next: UseCase<typeof message, unknown>, logger = new RecordingLogger()) {
  const clock = new ManualClock();
  const logged = withLogging('ExecuteTool', { logger, clock }, (given: typeof message, context) => {
    clock.advance(12.3456);
    return next(given, context);
  });
  return { logger, logged };
}

/** Runs it to its end, whatever that is. */
async function run(logged: UseCase<typeof message, unknown>, context = fakeContext()): Promise<unknown> {
  return outcomeOf(() => logged(message, context));
}

test('the decorator says that it was done and how long it took, at debug', async () => {
  const { logger, logged } = logging(() => `${secret} inside the result`);
  assert.is(await run(logged), `${secret} inside the result`);
  assert.equal(logger.records, [
    {
      level: 'debug',
      message: 'Done',
      fields: { use_case: 'ExecuteTool', ms: 12.35, traceparent: undefined },
    },
  ]);
});

test('the decorator names the trace that the request belongs to', async () => {
  const { logger, logged } = logging(() => 1);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await run(logged, fakeContext({ trace: { traceparent } }));
  assert.is(logger.records[0]?.fields['traceparent'], traceparent);
});

test('the decorator says of a refusal its code only, at debug', async () => {
  const refusal = new DomainError(madeUpCode('tool.refused'), 'forbidden', `No ${secret} here`);
  const { logger, logged } = logging(() => Promise.reject(refusal));
  assert.is(await run(logged), refusal);
  assert.equal(
    logger.records.map(({ level, message: text, fields }) => [level, text, fields['code']]),
    [['debug', 'Failed', 'tool.refused']],
  );
});

test('the decorator says of a failure that nobody foresaw no more than that: it is logged whole where it leaves', async () => {
  const { logger, logged } = logging(() => {
    throw new TypeError(secret);
  });
  await run(logged);
  assert.equal(
    logger.records.map(({ level, message: text, fields }) => [level, text, fields['code']]),
    [['debug', 'Failed', 'unforeseen']],
  );
});

test('the decorator takes an open question for no failure', async () => {
  const inputRequired = new InputRequired({});
  const { logger, logged } = logging(() => Promise.reject(inputRequired));
  assert.is(await run(logged), inputRequired);
  assert.equal(
    logger.records.map(({ message: text }) => text),
    ['Asked the client'],
  );
});

test('the decorator leaves the use case as it is where debug is off', () => {
  const next = () => 1;
  for (const level of ['info', 'warn', 'error'] as const) {
    const dependencies = { logger: new RecordingLogger(level), clock: new ManualClock() };
    assert.is(withLogging('ExecuteTool', dependencies, next), next);
  }
});

test('the decorator never logs arguments, results, or the message of a refusal', async () => {
  const logger = new RecordingLogger();
  for (const next of [
    () => secret,
    () => Promise.resolve({ content: secret }),
    () => Promise.reject(new DomainError(madeUpCode('tool.refused'), 'invalid', secret, { secret })),
    () => Promise.reject(new InputRequired({ [secret]: { kind: 'roots' } })),
  ]) {
    await run(logging(next, logger).logged);
  }
  assert.ok(logger.records.length >= 3);
  assert.not.match(JSON.stringify(logger.records), secret);
});

test('what is there at once stays so', () => {
  assert.is(logging(() => 7).logged(message, fakeContext()), 7);
});

test.run();
