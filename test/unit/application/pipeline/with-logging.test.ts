import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Unanswered } from '../../../../src/application/asking.ts';
import { withLogging } from '../../../../src/application/pipeline/with-logging.ts';
import type { UseCase } from '../../../../src/application/use-case.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
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
  try {
    return await logged(message, context);
  } catch (error) {
    return error;
  }
}

test('says that it was done and how long it took, at debug', async () => {
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

test('names the trace that the request belongs to', async () => {
  const { logger, logged } = logging(() => 1);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await run(logged, fakeContext({ trace: { traceparent } }));
  assert.is(logger.records[0]?.fields['traceparent'], traceparent);
});

test('says of a refusal its code only, at debug', async () => {
  const refusal = new DomainError('tool.refused', 'forbidden', `No ${secret} here`);
  const { logger, logged } = logging(() => Promise.reject(refusal));
  assert.is(await run(logged), refusal);
  assert.equal(
    logger.records.map(({ level, message: text, fields }) => [level, text, fields['code']]),
    [['debug', 'Refused', 'tool.refused']],
  );
});

for (const [what, error] of [
  ['an error', new TypeError('unforeseen')],
  ['an internal one of the domain', new DomainError('tool.output-invalid', 'internal', 'unforeseen')],
  ['something that is no error', 'unforeseen'],
] as const) {
  test(`tells the operator of a failure that nobody foresaw: ${what}`, async () => {
    const { logger, logged } = logging(() => Promise.reject(error), new RecordingLogger('error'));
    assert.is(await run(logged), error);
    const [record, ...more] = logger.records;
    assert.equal([record?.level, record?.message, more.length], ['error', 'Failed', 0]);
    assert.match(String(record?.fields['error']), /unforeseen/);
    assert.is(record?.fields['use_case'], 'ExecuteTool');
  });
}

test('sees a failure that is thrown at once', async () => {
  const { logger, logged } = logging(() => {
    throw new TypeError('unforeseen');
  });
  await run(logged);
  assert.is(logger.records[0]?.message, 'Failed');
});

test('takes an open question for no failure', async () => {
  const unanswered = new Unanswered({});
  const { logger, logged } = logging(() => Promise.reject(unanswered));
  assert.is(await run(logged), unanswered);
  assert.equal(logger.records, []);
});

test('is silent about what was cancelled', async () => {
  const context = fakeContext();
  const { logger, logged } = logging(() => {
    context.abort(new Error('cancelled'));
    throw context.signal.reason;
  });
  await run(logged, context);
  assert.equal(logger.records, []);
});

test('computes nothing where debug is off', async () => {
  const refusal = new DomainError('tool.refused', 'forbidden', 'No');
  for (const next of [() => 1, () => Promise.reject(refusal)]) {
    const { logger, logged } = logging(next, new RecordingLogger('info'));
    await run(logged);
    assert.equal(logger.records, []);
  }
});

test('never logs arguments, results, or the message of a refusal', async () => {
  const logger = new RecordingLogger();
  for (const next of [
    () => secret,
    () => Promise.resolve({ content: secret }),
    () => Promise.reject(new DomainError('tool.refused', 'invalid', secret, { secret })),
    () => Promise.reject(new Unanswered({ [secret]: { kind: 'roots' } })),
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
