import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { createEventStamps } from '../../../../src/application/event-stamps.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import { withCallReport } from '../../../../src/application/pipeline/with-call-report.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import type { ToolExecuted } from '../../../../src/domain/tool/tool-events.ts';
import { errorResult, type ToolResult, textResult } from '../../../../src/domain/tool/tool-result.ts';
import { fakeContext } from '../fake-context.ts';
import { CountingIds, ManualClock } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite('with-call-report');

const tools = registryOf({ name: 'tool' });
const call = (name = 'tool') => ({ ...callOf(tools, name), arguments: { password: 'hunter2' } });

function reporting(next: () => ToolResult | Promise<ToolResult>, { heard = true } = {}) {
  const clock = new ManualClock();
  const events = new EventBus(new RecordingLogger());
  const told: ToolExecuted[] = [];
  if (heard) events.on('ToolExecuted', (event) => told.push(event));
  const nextStamp = createEventStamps(clock, new CountingIds());
  const recorded: unknown[][] = [];
  const statistics = { record: (...call: unknown[]) => recorded.push(call) };
  const reported = withCallReport({ clock, events, nextStamp, statistics }, () => {
    clock.advance(250);
    return next();
  });
  return { told, reported, recorded };
}

test('the report tells a finished call with its outcome and its duration', async () => {
  const { told, reported } = reporting(async () => textResult('done'));
  assert.equal(await reported(call(), fakeContext({ sessionId: 's-1' as SessionId })), textResult('done'));
  assert.equal(told, [
    {
      eventId: 'id-1',
      occurredAt: '2026-01-01T00:00:00.250Z',
      type: 'ToolExecuted',
      class: 'audit',
      aggregate: { type: 'tool', id: 'tool' },
      payload: { sessionId: 's-1', toolName: 'tool', success: true, durationMs: 250 },
    },
  ]);
});

test('a caller without a session leaves none behind', async () => {
  const { told, reported } = reporting(() => textResult('done'));
  await reported(call(), fakeContext());
  assert.not.ok(Object.hasOwn(told[0]?.payload ?? {}, 'sessionId'));
});

test('an error result is no success', async () => {
  const { told, reported } = reporting(() => errorResult('no'));
  await reported(call(), fakeContext());
  assert.equal(told[0]?.payload, { toolName: 'tool', success: false, durationMs: 250 });
});

for (const [what, error, errorMessage] of [
  ['an error', new Error('boom'), 'boom'],
  ['something else', 'boom', 'boom'],
] as const) {
  test(`a failure with ${what} is told and passed`, async () => {
    const { told, reported } = reporting(() => Promise.reject(error));
    const outcome = await Promise.resolve(reported(call(), fakeContext())).catch(
      (failure: unknown) => failure,
    );
    assert.is(outcome, error);
    assert.equal(told[0]?.payload, { toolName: 'tool', success: false, durationMs: 250, errorMessage });
  });
}

test('a round of questions is no call', async () => {
  const { told, reported } = reporting(() => Promise.reject(new InputRequired({})));
  await Promise.resolve(reported(call(), fakeContext())).catch(() => undefined);
  assert.equal(told, []);
});

test('the report tells of a long name no more than its beginning, and of arguments nothing', async () => {
  const { told, reported } = reporting(() => textResult('done'));
  await reported(call('n'.repeat(1000)), fakeContext());
  assert.is(told[0]?.payload.toolName, 'n'.repeat(140));
  assert.not.match(JSON.stringify(told), 'hunter2');
});

for (const [what, next, success] of [
  ['done', async () => textResult('done'), true],
  ['an error result', () => errorResult('no'), false],
  ['a failure', () => Promise.reject(new Error('boom')), false],
] as const) {
  test(`${what} goes into the statistics, though nobody hears of it`, async () => {
    const { told, reported, recorded } = reporting(next, { heard: false });
    await Promise.resolve(reported(call(), fakeContext())).catch(() => undefined);
    assert.equal(recorded, [['tool', 250, success]]);
    assert.equal(told, []);
  });
}

test('a name that a client made up goes into no statistics, but is told', async () => {
  const { told, reported, recorded } = reporting(() => errorResult('no'));
  for (const name of ['nope', '__proto__', 'constructor', '']) await reported(call(name), fakeContext());
  assert.equal(recorded, []);
  assert.is(told.length, 4);
});

test('a round of questions goes into no statistics', async () => {
  const { reported, recorded } = reporting(() => Promise.reject(new InputRequired({})));
  await Promise.resolve(reported(call(), fakeContext())).catch(() => undefined);
  assert.equal(recorded, []);
});

test('what is there at once stays so', () => {
  assert.equal(reporting(() => textResult('now')).reported(call(), fakeContext()), textResult('now'));
});

test.run();
