import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { executeTool } from '../../../../src/application/commands/execute-tool.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import {
  guardCompletion,
  guardPrompts,
  guardResources,
  guardTools,
  withAuthorization,
} from '../../../../src/application/pipeline/with-authorization.ts';
import type { PromptDefinition } from '../../../../src/application/prompts/define-prompt.ts';
import { completeArgument } from '../../../../src/application/queries/complete-argument.ts';
import { getPrompt } from '../../../../src/application/queries/get-prompt.ts';
import { Registry } from '../../../../src/application/registry.ts';
import { requireResource } from '../../../../src/application/resources/resource-registries.ts';
import type { Grant } from '../../../../src/domain/policy/scope.ts';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';
import { refusalOf, thrownBy } from '../../../support/failure.ts';
import { type FakeContext, fakeContext } from '../fake-context.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { registriesOf } from '../resources/test-resources.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite('with-authorization');

const writes = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false };
const tools = registryOf(
  { name: 'look' },
  { name: 'change', annotations: writes },
  { name: 'run', annotations: writes, scope: 'tools:execute' },
);
const done = () => textResult('done');
const guarded = withAuthorization(guardTools, done);
const callTool = (name: string, context: FakeContext) => guarded(callOf(tools, name), context);

/** A caller who was granted this. */
const holding = (...scopes: Grant[]) => fakeContext({ principal: { id: 'key:1', kind: 'key', scopes } });

for (const [scope, callable] of [
  ['tools:read', ['look']],
  ['tools:write', ['change']],
  ['tools:execute', ['run']],
  ['*', ['look', 'change', 'run']],
  ['resources:read', []],
] as const) {
  test(`with ${scope}, ${callable.join(', ') || 'no tool'} can be called`, () => {
    const called = ['look', 'change', 'run'].filter((name) => {
      try {
        void callTool(name, holding(scope));
        return true;
      } catch {
        return false;
      }
    });
    assert.equal(called, callable);
  });
}

test('the guard lets everybody use everything where nobody has limited anything', () => {
  for (const name of ['look', 'change', 'run']) assert.equal(callTool(name, fakeContext()), done());
});

test('a tool that is not the caller’s answers exactly as one that there isn’t', () => {
  const unguarded = executeTool({ noteFailure: () => 'noted' });
  const hidden = thrownBy(() => callTool('run', holding('tools:read')));
  const absent = thrownBy(() => unguarded(callOf(registryOf(), 'run'), fakeContext()));
  assert.equal({ ...hidden, message: hidden.message }, { ...absent, message: absent.message });
});

test('a tool that there isn’t is left to answer for itself', () => {
  assert.equal(callTool('nope', holding('tools:read')), done());
});

test('the same holds for resources, prompts and completion', async () => {
  const events = new EventBus(new RecordingLogger());
  const prompts = new Registry<PromptDefinition>('prompt');
  const none = { prompts, ...registriesOf(), events, nextStamp: countingStamps() };
  const prompt = { name: 'p', arguments: {} };
  const resource = { uri: 'file:///a' };
  const completions = [
    { kind: 'prompt', name: 'p' },
    { kind: 'resource', uri: 'file:///{path}' },
  ].map((reference) => ({ reference, argument: { name: 'a', value: '' }, given: {} }) as never);
  const pass = () => 'passed';
  const cases = [
    [withAuthorization(guardPrompts, pass), getPrompt(none), prompt, 'prompts:read'],
    [
      withAuthorization(guardResources, pass),
      async ({ uri }: typeof resource) => requireResource(none, uri),
      resource,
      'resources:read',
    ],
    [withAuthorization(guardCompletion, pass), completeArgument(none), completions[0], 'prompts:read'],
    [withAuthorization(guardCompletion, pass), completeArgument(none), completions[1], 'resources:read'],
  ] as readonly (readonly [
    (message: unknown, context: unknown) => string,
    (message: unknown, context: unknown) => Promise<unknown>,
    unknown,
    Grant,
  ])[];
  for (const [guarded, unguarded, message, scope] of cases) {
    assert.is(guarded(message, holding(scope)), 'passed');
    const hidden = thrownBy(() => guarded(message, holding('tools:read', 'tools:write', 'tools:execute')));
    const absent = await refusalOf(unguarded(message, fakeContext()));
    assert.equal({ ...hidden, message: hidden.message }, { ...absent, message: absent.message });
  }
});

test.run();
