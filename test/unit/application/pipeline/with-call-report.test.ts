import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputRequired } from '../../../../src/application/asking.ts';
import { createEventStamps } from '../../../../src/application/event-stamps.ts';
import { type Event, EventBus } from '../../../../src/application/events/event-bus.ts';
import { withCallReport } from '../../../../src/application/pipeline/with-call-report.ts';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import type { ToolExecuted } from '../../../../src/domain/tool/tool-events.ts';
import { errorResult, type ToolResult, textResult } from '../../../../src/domain/tool/tool-result.ts';
import { fakeContext } from '../fake-context.ts';
import { CountingIds, ManualClock } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { callOf, registryOf } from './test-tool.ts';

const test = suite('with-call-report');

const tools = registryOf({ name: 'tool' });
const call = (name = 'tool') => ({ ...callOf(tools, name), arguments: { password: 'hunter2' } });

function reporting(
  next: () => ToolResult | Promise<ToolResult>,
  { heard = true, recordsArguments = false } = {},
) {
  const clock = new ManualClock();
  const events = new EventBus(new RecordingLogger());
  const told: ToolExecuted[] = [];
  if (heard) events.on('ToolExecuted', (event) => told.push(event));
  const nextStamp = createEventStamps(clock, new CountingIds());
  const recorded: unknown[][] = [];
  const statistics = { record: (...call: unknown[]) => recorded.push(call) };
  const reported = withCallReport({ clock, events, nextStamp, statistics, recordsArguments }, () => {
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
      payload: { sessionId: 's-1', toolName: 'tool', principal: 'local', success: true, durationMs: 250 },
    },
  ]);
});

test('a caller without a session leaves none behind', async () => {
  const { told, reported } = reporting(() => textResult('done'));
  await reported(call(), fakeContext());
  assert.not.ok(Object.hasOwn(told[0]?.payload ?? {}, 'sessionId'));
});

for (const [result, errorCode] of [
  [errorResult('no'), undefined],
  [errorResult('no', 'path.outside'), 'path.outside'],
] as const)
  test(`an error result is no success; its code: ${errorCode}`, async () => {
    const { told, reported } = reporting(() => result);
    await reported(call(), fakeContext());
    assert.equal(told[0]?.payload, {
      toolName: 'tool',
      principal: 'local',
      success: false,
      ...(errorCode && { errorCode }),
      durationMs: 250,
    });
  });

test('the report tells who called, by a short id', async () => {
  const subject = `token:https://issuer#\u0000\n${'s'.repeat(1000)}`;
  for (const [id, told_] of [
    ['key:0123456789abcdef', 'key:0123456789abcdef'],
    [subject, `token:https://issuer# ${'s'.repeat(489)}…`],
  ] as const) {
    const { told, reported } = reporting(() => textResult('done'));
    const kind = id.startsWith('key') ? 'key' : 'token';
    await reported(call(), fakeContext({ principal: { id, kind } }));
    assert.is(told[0]?.payload.principal, told_);
  }
});

for (const [what, error, errorMessage, errorCode] of [
  ['an error', new Error('boom'), 'boom', 'call.unforeseen'],
  ['something else', 'boom', 'boom', 'call.unforeseen'],
  ['a refusal', new DomainError('tool.not-found', 'not-found', 'no'), 'no', 'tool.not-found'],
] as const) {
  test(`a failure with ${what} is told and passed`, async () => {
    const { told, reported } = reporting(() => Promise.reject(error));
    const outcome = await Promise.resolve(reported(call(), fakeContext())).catch(
      (failure: unknown) => failure,
    );
    assert.is(outcome, error);
    assert.equal(told[0]?.payload, {
      toolName: 'tool',
      principal: 'local',
      success: false,
      errorCode,
      durationMs: 250,
      errorMessage,
    });
  });
}

test('a call that its client gave up is told as that', async () => {
  const context = fakeContext();
  const { told, reported } = reporting(() => {
    context.abort(new Error('gone'));
    return Promise.reject(new Error('aborted'));
  });
  await Promise.resolve(reported(call(), context)).catch(() => undefined);
  assert.is(told[0]?.payload.errorCode, 'call.cancelled');
});

test('a round of questions is no call', async () => {
  const { told, reported } = reporting(() => Promise.reject(new InputRequired({})));
  await Promise.resolve(reported(call(), fakeContext())).catch(() => undefined);
  assert.equal(told, []);
});

test('the report tells nothing of a name that there isn’t, and of arguments nothing', async () => {
  const { told, reported } = reporting(() => textResult('done'));
  await reported(call('hunter2'), fakeContext());
  assert.is(told[0]?.payload.toolName, '_OTHER');
  assert.not.match(JSON.stringify(told), 'hunter2');
});

test('arguments come with the event, and not in its payload, where they are wanted', async () => {
  const { told, reported } = reporting(() => errorResult('no'), { recordsArguments: true });
  await reported(call(), fakeContext());
  const [event] = told as readonly Event[];
  assert.equal(event?.given, { password: 'hunter2' });
  assert.not.match(JSON.stringify(event?.payload), 'hunter2');
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
