import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { createApplication } from '../../../src/application/application.ts';
import { registerSurface } from '../../../src/application/surface.ts';
import { defineTool } from '../../../src/application/tools/define/define-tool.ts';
import { DomainError } from '../../../src/domain/shared/domain-error.ts';
import type { RequestOutcome } from '../../../src/domain/shared/domain-event.ts';
import { type ToolResult, textResult } from '../../../src/domain/tool/tool-result.ts';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import { failureOf } from '../../support/failure.ts';
import { madeUpCode } from '../../support/made-up-code.ts';
import { plainSettings, withoutClaude } from '../../support/without-claude.ts';
import { fakeContext } from './fake-context.ts';
import { CountingIds, ManualClock } from './manual-clock.ts';
import { ManualTimers } from './manual-timers.ts';
import { RecordingLogger } from './recording-logger.ts';
import { family, fixed } from './resources/test-resources.ts';

const test = suite<{ timers: ManualTimers }>('create-application');

test.before.each((context) => {
  context.timers = new ManualTimers();
  context.timers.install();
});
test.after.each(({ timers }) => timers.restore());

/** A tool whose calls are under way until the test ends them. */
function heldTool() {
  const calls: ((result: ToolResult) => void)[] = [];
  const tool = defineTool({
    name: 'held',
    title: 'Held',
    description: 'For tests.',
    category: 'utility',
    tags: [],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    concurrency: 1,
    input: v.strictObject({ refuse: v.optional(v.boolean()) }),
    handle: ({ refuse }) => {
      if (refuse) throw new DomainError(madeUpCode('held.refused'), 'forbidden', 'No');
      return new Promise((resolve) => calls.push(resolve));
    },
  });
  return { tool, calls };
}

function build(level: 'debug' | 'info' = 'info') {
  const logger = new RecordingLogger(level);
  const clock = new ManualClock();
  const ids = new CountingIds();
  const application = createApplication(
    { ...withoutClaude(), sessions: new MemorySessionRepository(), clock, ids, logger },
    plainSettings,
  );
  const { tool, calls } = heldTool();
  const prompt = { name: 'greet', description: 'Greets', arguments: [] };
  registerSurface(
    application,
    {
      tools: [tool],
      resources: [fixed('test://a'), family('test://{id}'), family('test://{id}/{rest}')],
      prompts: [{ prompt, get: async () => ({ messages: [] }) }],
    },
    { disabledTools: [], readOnly: false },
  );
  return { application, logger, ids, calls };
}

const held = { name: 'held', arguments: {} };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('the summary counts what there is to offer, as it is now', () => {
  const { application } = build();
  assert.equal(application.queries.describeSurface(), {
    tools: 1,
    resources: 1,
    resourceTemplates: 2,
    prompts: 1,
  });
  application.commands.registerResource(fixed('test://b'));
  assert.is(application.queries.describeSurface().resources, 2);
});

test('a tool that takes too long is ended at the limit given, and told as one call that failed', async ({
  timers,
}) => {
  const { application } = build();
  const told: unknown[] = [];
  application.events.on('ToolExecuted', ({ payload }) => told.push([payload.toolName, payload.success]));
  const answer = application.commands.executeTool(held, fakeContext());
  timers.pass(30_000);
  assert.ok((await answer).isError);
  await settle();
  assert.equal(told, [['held', false]]);
});

test('a tool that is silent is told to be running, waiting for a free place included, until it is ended', async ({
  timers,
}) => {
  const { application } = build();
  const told: string[] = [];
  const context = fakeContext({ wantsProgress: true, heartbeat: (message) => void told.push(message) });
  const answers = [1, 2].map(() => application.commands.executeTool(held, context));
  for (let time = 0; time < 30_000; time += 1000) timers.pass(1000);
  await Promise.all(answers);
  const beats = ['8', '16', '24'].map((seconds) => `Running for ${seconds} s`);
  assert.equal(
    told,
    beats.flatMap((beat) => [beat, beat]),
  );
  assert.is(timers.size, 0);
});

test('a tool runs only as often at once as it allows', async () => {
  const { application, calls } = build();
  const answers = [1, 2].map(() => application.commands.executeTool(held, fakeContext()));
  await settle();
  assert.is(calls.length, 1);
  calls[0]?.(textResult('first'));
  await settle();
  calls[1]?.(textResult('x'.repeat(11 * 1024 * 1024)));
  const [first, second] = await Promise.all(answers);
  assert.equal(first, textResult('first'));
  assert.ok(second?.isError, 'an answer that no client takes is an error');
});

test('every use case that works for someone is logged under its name', async () => {
  const { application, logger } = build('debug');
  logger.records.length = 0;
  const { commands, queries } = application;
  await commands.executeTool({ name: 'held', arguments: { refuse: true } }, fakeContext());
  await queries.readResource({ uri: 'test://a' }, fakeContext());
  await queries.getPrompt({ name: 'greet', arguments: {} }, fakeContext());
  const reference = { kind: 'resource', uri: 'test://{id}' } as const;
  await queries.completeArgument(
    { reference, argument: { name: 'id', value: '' }, given: {} },
    fakeContext(),
  );
  const names = logger.records
    .filter(({ message }) => message === 'Done')
    .map(({ fields }) => fields['use_case']);
  assert.equal(names, ['ExecuteTool', 'ReadResource', 'GetPrompt', 'CompleteArgument']);
});

test('what a caller’s scopes refuse is told like other failures', async () => {
  const { application } = build();
  const told: unknown[] = [];
  application.events.onClass('audit', ({ aggregate, payload }) => {
    const { principal, errorCode } = payload as RequestOutcome;
    told.push([aggregate.id, principal, errorCode]);
  });
  const context = fakeContext({ principal: { id: 'key:0', kind: 'key', scopes: [] } });
  const { commands, queries } = application;
  await failureOf((async () => await commands.executeTool(held, context))());
  await failureOf((async () => await queries.readResource({ uri: 'test://a' }, context))());
  await failureOf((async () => await queries.getPrompt({ name: 'greet', arguments: {} }, context))());
  assert.equal(told, [
    ['held', 'key:0', 'tool.not-found'],
    ['test://a', 'key:0', 'resource.not-found'],
    ['greet', 'key:0', 'prompt.not-found'],
  ]);
});

test('events that nobody hears are not made', async () => {
  const { application, ids } = build();
  await application.queries.readResource({ uri: 'test://a' }, fakeContext());
  await application.queries.getPrompt({ name: 'greet', arguments: {} }, fakeContext());
  await application.commands.executeTool({ name: 'held', arguments: { refuse: true } }, fakeContext());
  assert.is(ids.next(), 'id-1');
});

test('at the debug level every event is logged', () => {
  const { logger } = build('debug');
  assert.equal(
    logger.records.map(({ message }) => message),
    ['ToolRegistered', 'ResourceRegistered', 'ResourceRegistered', 'ResourceRegistered', 'PromptRegistered'],
  );
});

test.run();
