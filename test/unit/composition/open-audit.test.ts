import { mock } from 'node:test';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { EventBus } from '../../../src/application/events/event-bus.ts';
import { Lifetimes } from '../../../src/composition/lifetimes.ts';
import { openAudit } from '../../../src/composition/open-audit.ts';
import { configurationSchema } from '../../../src/infrastructure/config/schema/configuration-schema.ts';
import { memoryStore } from '../../support/without-claude.ts';
import { CountingIds, ManualClock } from '../application/manual-clock.ts';
import { RecordingLogger } from '../application/recording-logger.ts';

const test = suite('open audit');

test.before.each(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.after.each(() => mock.timers.reset());

async function opened(trim: () => Promise<boolean>, configuration: object = {}, hasFile = true) {
  const logger = new RecordingLogger();
  const lifetimes = new Lifetimes(logger);
  const events = new EventBus(logger);
  await openAudit(v.parse(configurationSchema, configuration), {
    events,
    store: memoryStore(),
    ...(hasFile && { file: { trim, path: '/nowhere/tfo-mcp.db' } }),
    secrets: [],
    clock: new ManualClock(),
    ids: new CountingIds(),
    logger,
    lifetimes,
  });
  const pass = async (ms: number) => {
    mock.timers.tick(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return { events, lifetimes, pass };
}

test('old events are removed a minute after the start, step by step, then every hour, until the end', async () => {
  const left = [true, true, false, false];
  let steps = 0;
  const { lifetimes, pass } = await opened(async () => {
    steps += 1;
    return left.shift() ?? false;
  });
  await pass(59_999);
  assert.is(steps, 0);
  await pass(1);
  for (let n = 0; n < 3; n += 1) await pass(20);
  assert.is(steps, 3);
  await pass(3_600_000);
  assert.is(steps, 4);
  await lifetimes.close(new Promise(() => undefined));
  await pass(10_000_000);
  assert.is(steps, 4);
});

test('a step that fails is tried again an hour later', async () => {
  let steps = 0;
  const { pass } = await opened(async () => {
    steps += 1;
    throw new Error('locked');
  });
  await pass(60_000);
  await pass(1000);
  assert.is(steps, 1);
  await pass(3_600_000);
  assert.is(steps, 2);
});

for (const [what, configuration, hasFile] of [
  ['in memory', {}, false],
  ['where it is off', { audit: { enabled: false } }, true],
] as const)
  test(`nothing is heard ${what}`, async () => {
    const { events } = await opened(async () => false, configuration, hasFile);
    assert.not.ok(events.hears('ToolExecuted', 'audit'));
    assert.not.ok(events.hears('MessageAdded', 'state'));
  });

test('events of conversations are heard where these are not kept, be the audit on or off', async () => {
  for (const enabled of [true, false]) {
    const database = { keep_conversations: false };
    const { events } = await opened(async () => false, { audit: { enabled }, database });
    assert.is(events.hears('ToolExecuted', 'audit'), enabled);
    assert.ok(events.hears('MessageAdded', 'state'));
  }
});

test.run();
