import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import { readResource } from '../../../../src/application/queries/read-resource.ts';
import type { ResourceDefinition } from '../../../../src/application/resources/define-resource.ts';
import { failureOf, refusalOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';

const test = suite('read-resource');

const boom = new Error('boom');
const failing = (uri: string, error: unknown): ResourceDefinition => ({
  ...fixed(uri),
  read: () => Promise.reject(error),
});

function reading({ heard = true } = {}) {
  const events = new EventBus(new RecordingLogger());
  const told: unknown[] = [];
  if (heard) events.on('ResourceRead', ({ payload }) => told.push(payload));
  const registries = registriesOf(
    fixed('test://fixed', { ttlMs: 60_000 }),
    failing('test://broken', boom),
    failing('test://asking', new InputRequired({})),
    family('test://item/{id}'),
  );
  return { told, read: readResource({ ...registries, events, nextStamp: countingStamps() }) };
}

test('the query reads a fixed resource, and says for how long it may be kept', async () => {
  const { told, read } = reading();
  assert.equal(await read({ uri: 'test://fixed' }, fakeContext()), {
    contents: [{ uri: 'test://fixed', text: 'fixed test://fixed' }],
    ttlMs: 60_000,
  });
  assert.equal(told, [{ uri: 'test://fixed', success: true }]);
});

test('the query reads one of a family, which may not be kept unless it says so', async () => {
  const { told, read } = reading();
  assert.equal(await read({ uri: 'test://item/7' }, fakeContext()), {
    contents: [{ uri: 'test://item/7', text: 'test://item/{id} {"id":"7"}' }],
    ttlMs: 0,
  });
  assert.equal(told, [{ uri: 'test://item/7', success: true }]);
});

test('the query tells a failure and passes it', async () => {
  const { told, read } = reading();
  assert.is(await failureOf(read({ uri: 'test://broken' }, fakeContext())), boom);
  assert.equal(told, [{ uri: 'test://broken', success: false }]);
});

test('the query takes an open question for no reading yet', async () => {
  const { told, read } = reading();
  assert.instance(await failureOf(read({ uri: 'test://asking' }, fakeContext())), InputRequired);
  assert.equal(told, []);
});

test('the query refuses what there isn’t, and audits nothing', async () => {
  const { told, read } = reading();
  const error = await refusalOf(read({ uri: 'test://nope' }, fakeContext()));
  assert.equal([error.code, error.data], ['resource.not-found', { uri: 'test://nope' }]);
  assert.equal(told, []);
});

test('the query reads when nobody hears of it', async () => {
  const { told, read } = reading({ heard: false });
  assert.is((await read({ uri: 'test://fixed' }, fakeContext())).ttlMs, 60_000);
  assert.is(await failureOf(read({ uri: 'test://broken' }, fakeContext())), boom);
  assert.equal(told, []);
});

test.run();
