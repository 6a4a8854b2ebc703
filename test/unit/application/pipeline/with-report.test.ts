import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import {
  reportPrompts,
  reportResources,
  withReport,
} from '../../../../src/application/pipeline/with-report.ts';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import { Registry } from '../../../../src/application/registry.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';

const test = suite('with-report');

const registries = registriesOf(
  fixed('status://health'),
  family('file:///{path}', { match: (uri) => (uri.startsWith('file:') ? {} : undefined) }),
);
const prompts = new Registry<PromptDefinition>('prompt');
prompts.add('greet', {
  prompt: { name: 'greet', description: 'Greets', arguments: [] },
  get: async () => ({ messages: [] }),
});

function desk({ recordsArguments = false } = {}) {
  const events = new EventBus(new RecordingLogger());
  const told: unknown[] = [];
  events.onClass('audit', ({ type, aggregate, payload }) => told.push({ type, id: aggregate.id, payload }));
  events.onClass('audit', ({ given }) => given && told.push({ given }));
  const dependencies = { events, nextStamp: countingStamps(), recordsArguments };
  return {
    told,
    read: (next: () => string | Promise<string>) =>
      withReport(reportResources(registries), dependencies, next),
    get: (next: () => string) => withReport(reportPrompts(prompts), dependencies, next),
  };
}

for (const [uri, name] of [
  ['status://health', 'status://health'],
  ['file:///home/ada/secret.txt', 'file:{…}'],
  ['x://u:secret@h/p', '_OTHER'],
  ['secret://secret', '_OTHER'],
  ['secret', '_OTHER'],
] as const)
  test(`a reading of ${uri} is told as one of ${name}`, async () => {
    const { told, read } = desk();
    assert.is(await read(() => 'done')({ uri }, fakeContext()), 'done');
    const payload = { uri: name, principal: 'local', success: true };
    assert.equal(told, [{ type: 'ResourceRead', id: name, payload }]);
  });

for (const [name, shown] of [
  ['greet', 'greet'],
  ['secret', '_OTHER'],
] as const)
  test(`getting the prompt "${name}" is told as "${shown}"`, async () => {
    const { told, get } = desk();
    await get(() => 'done')(
      { name, arguments: {} },
      fakeContext({ principal: { id: 'key:0', kind: 'key' } }),
    );
    const payload = { promptName: shown, principal: 'key:0', success: true };
    assert.equal(told, [{ type: 'PromptExecuted', id: shown, payload }]);
  });

for (const [error, errorCode] of [
  [new Error('boom'), 'call.unforeseen'],
  [new DomainError('path.outside', 'forbidden', 'No'), 'path.outside'],
] as const)
  test(`a failure is told as ${errorCode}, and passed`, async () => {
    for (const fail of [
      () => Promise.reject(error),
      () => {
        throw error;
      },
    ]) {
      const { told, read } = desk();
      const uri = 'status://health';
      assert.is(await failureOf((async () => await read(fail)({ uri }, fakeContext()))()), error);
      const payload = { uri, principal: 'local', success: false, errorCode };
      assert.equal(told, [{ type: 'ResourceRead', id: uri, payload }]);
    }
  });

test('what was given comes with the event where that is wanted', async () => {
  const { told, read, get } = desk({ recordsArguments: true });
  await read(() => 'done')({ uri: 'file:///secret.txt' }, fakeContext());
  await get(() => 'done')({ name: 'greet', arguments: { name: 'Ada' } }, fakeContext());
  assert.equal([told[1], told[3]], [{ given: { uri: 'file:///secret.txt' } }, { given: { name: 'Ada' } }]);
});

test('an open question is no end yet', async () => {
  const { told, read } = desk();
  const asking = read(() => Promise.reject(new InputRequired({})));
  await failureOf((async () => await asking({ uri: 'status://health' }, fakeContext()))());
  assert.equal(told, []);
});

test.run();
