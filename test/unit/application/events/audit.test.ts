import { mock } from 'node:test';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createEventStamps } from '../../../../src/application/event-stamps.ts';
import { Audit } from '../../../../src/application/events/audit.ts';
import { EventBus } from '../../../../src/application/events/event-bus.ts';
import type { ArgumentRecorder } from '../../../../src/application/ports/argument-recorder.ts';
import type { SessionCreated, SessionId } from '../../../../src/domain/session/session-events.ts';
import type { DomainEvent, EventClass, EventStamp } from '../../../../src/domain/shared/domain-event.ts';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';
import { toolExecuted } from '../../../../src/domain/tool/tool-events.ts';
import { openConversation } from '../../../support/sample-conversation.ts';
import { CountingIds, ManualClock } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

const sessionCreated = (stamp: EventStamp): SessionCreated => ({
  ...stamp,
  type: 'SessionCreated',
  class: 'audit',
  aggregate: { type: 'session', id: 's' },
  payload: { sessionId: 's' as SessionId },
});

const test = suite('audit');

test.before.each(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.after.each(() => mock.timers.reset());

/** An audit over a store that keeps what it gets, or refuses it. */
function desk(perSecond = 5000, recorder?: ArgumentRecorder, classes: readonly EventClass[] = ['audit']) {
  const logger = new RecordingLogger();
  const events = new EventBus(logger);
  const clock = new ManualClock();
  const nextStamp = createEventStamps(clock, new CountingIds());
  const batches: (readonly DomainEvent[])[] = [];
  const state = { isDown: false, gate: Promise.resolve() };
  const store = {
    append: async (batch: readonly DomainEvent[]) => {
      await state.gate;
      if (state.isDown) throw new Error('The database is locked');
      batches.push(batch);
    },
  };
  const rate = { perMinute: perSecond * 60, burst: perSecond * 2 };
  const audit = new Audit({ events, store, clock, logger, rate, nextStamp, recorder, classes });
  const call = (toolName: string, success = true, errorMessage?: string) =>
    events.publish([
      toolExecuted({ toolName, success, durationMs: 1, ...(errorMessage && { errorMessage }) }, nextStamp()),
    ]);
  const callWith = (given: JsonObject) =>
    events.publish([
      { ...toolExecuted({ toolName: 'echo', success: true, durationMs: 1 }, nextStamp()), given },
    ]);
  const pass = async (ms: number) => {
    clock.advance(ms);
    mock.timers.tick(ms);
    for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve();
  };
  return {
    logger,
    events,
    clock,
    nextStamp,
    batches,
    state,
    audit,
    call,
    callWith,
    pass,
    stored: () => batches.flat(),
  };
}

test('events are stored together, within 50 ms, and no call waits for it', async () => {
  const { call, pass, batches } = desk();
  for (const name of ['a', 'b', 'c']) call(name);
  assert.equal(batches, []);
  await pass(50);
  assert.equal(
    batches.map((batch) => batch.map(({ type, aggregate }) => [type, aggregate.id])),
    [
      [
        ['ToolExecuted', 'a'],
        ['ToolExecuted', 'b'],
        ['ToolExecuted', 'c'],
      ],
    ],
  );
  await pass(1000);
  assert.is(batches.length, 1);
});

test('sessions alone open no store: their events wait for the first work, and go with it', async () => {
  for (const works of [true, false]) {
    const { call, events, nextStamp, pass, audit, stored } = desk();
    events.publish([sessionCreated(nextStamp())]);
    await pass(5000);
    assert.equal(stored(), []);
    if (works) call('echo');
    await pass(50);
    await audit.close();
    assert.equal(
      stored().map(({ type }) => type),
      works ? ['SessionCreated', 'ToolExecuted'] : [],
    );
  }
});

test('the message of a failure is not stored: it quotes what a caller gave', async () => {
  const { call, pass, stored } = desk();
  call('read_file', false, 'There is no "/home/ada/secret.txt"');
  await pass(50);
  assert.equal(
    stored().map(({ payload }) => payload),
    [{ toolName: 'read_file', success: false, durationMs: 1 }],
  );
});

test('events of other classes are stored where they are asked for, and then open the store', async () => {
  for (const classes of [['audit'], ['audit', 'state']] as const) {
    const { events, pass, stored, audit } = desk(5000, undefined, classes);
    const { pendingEvents } = openConversation('c');
    events.publish(pendingEvents);
    await pass(50);
    await audit.close();
    events.publish(pendingEvents);
    assert.equal(stored(), classes.length === 1 ? [] : pendingEvents);
  }
});

test('what a caller gave is not stored where nothing makes of it what may be', async () => {
  const { callWith, pass, stored } = desk();
  callWith({ secret: 'secret' });
  await pass(50);
  assert.equal([stored().length, JSON.stringify(stored()).includes('secret')], [1, false]);
});

/** A recorder that keeps how long arguments are, and what it was asked. */
function lengths() {
  const asked: [about: string, most: number][] = [];
  const recorder: ArgumentRecorder = {
    open: async () => undefined,
    record: (given, about, most) => {
      asked.push([about, most]);
      return { arguments: { length: JSON.stringify(given).length } };
    },
  };
  return { recorder, asked };
}

test('what is recorded of arguments is in the events that are stored, each with its own', async () => {
  const { recorder, asked } = lengths();
  const { call, callWith, pass, stored, events } = desk(5000, recorder);
  const heard: unknown[] = [];
  events.on('ToolExecuted', ({ payload }) => heard.push(payload));
  callWith({});
  call('other');
  callWith({ a: 1 });
  assert.equal(asked, [], 'not in the call');
  await pass(50);
  assert.equal(
    stored().map(({ payload }) => payload['arguments']),
    [{ length: 2 }, undefined, { length: 7 }],
  );
  assert.equal(asked, [
    ['echo', 16_384],
    ['echo', 16_384],
  ]);
  assert.not.match(JSON.stringify([heard, stored()]), '"given"');
  assert.not.match(JSON.stringify(heard), 'arguments');
});

test('arguments are not held on to while events wait for a store that can’t be used', async () => {
  const { recorder, asked } = lengths();
  const { callWith, pass, stored, state } = desk(1_000_000, recorder);
  state.isDown = true;
  callWith({});
  await pass(50);
  callWith({ a: 1 });
  await pass(50);
  assert.is(asked.length, 2);
  for (let n = 0; n < 2001; n += 1) callWith({ n });
  await pass(50);
  assert.equal(asked.at(-1), ['echo', 1024], 'of very many less is kept');
  state.isDown = false;
  for (let n = 0; n < 3; n += 1) await pass(1000);
  assert.is(stored().length, 2003);
  assert.ok(stored().every(({ payload }) => 'arguments' in payload));
  assert.is(asked.length, 2003, 'once each');
});

test('at the end, too, what is stored has what is recorded of its arguments', async () => {
  const { callWith, audit, stored } = desk(5000, lengths().recorder);
  callWith({});
  await audit.close();
  assert.equal(stored()[0]?.payload['arguments'], { length: 2 });
});

test('what comes faster than the rate is counted, and told once a second', async () => {
  const { audit, call, clock, pass, stored } = desk(10);
  for (let n = 0; n < 25; n += 1) call('echo', n % 2 === 0);
  clock.advance(500);
  for (let n = 0; n < 10; n += 1) call('other');
  await pass(50);
  assert.is(stored().length, 25, 'the burst, and what half a second gives');
  assert.equal(audit.health(), { waiting: 0, counted: 10 });
  await pass(1000);
  const [told, ...more] = stored().slice(25);
  assert.equal(more, []);
  assert.is(told?.type, 'AuditSkipped');
  assert.equal(told?.payload, {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-01T00:00:00.500Z',
    calls: { 'tool:echo': { succeeded: 3, failed: 2 }, 'tool:other': { succeeded: 5, failed: 0 } },
  });
});

test('events wait for a store that can’t be used, in order, and it is told once', async () => {
  const { call, pass, state, stored, logger } = desk();
  state.isDown = true;
  for (const name of ['a', 'b']) call(name);
  await pass(50);
  call('c');
  await pass(1000);
  await pass(1000);
  assert.equal([stored(), logger.records.length], [[], 1]);
  state.isDown = false;
  await pass(1000);
  assert.equal(
    stored().map(({ aggregate }) => aggregate.id),
    ['a', 'b', 'c'],
  );
  call('d');
  await pass(50);
  assert.is(stored().length, 4);
});

test('a slow store gets each event once, whatever comes meanwhile', async () => {
  const { call, pass, state, stored } = desk();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  state.gate = gate;
  for (const name of ['a', 'b']) call(name);
  await pass(50);
  call('c');
  await pass(50);
  call('d');
  await pass(50);
  assert.equal(stored(), []);
  open();
  await pass(1000);
  assert.equal(
    stored().map(({ aggregate }) => aggregate.id),
    ['a', 'b', 'c', 'd'],
  );
});

test('ten thousand events wait, and those above are counted', async () => {
  const { call, pass, state, stored } = desk(1_000_000);
  state.isDown = true;
  for (let n = 0; n < 10_005; n += 1) call('echo');
  for (let n = 0; n < 3; n += 1) {
    await pass(1000);
    call('echo');
  }
  assert.equal(stored(), [], 'nor do the counts wait, which would be one a second');
  state.isDown = false;
  for (let n = 0; n < 3; n += 1) await pass(1000);
  const skipped = stored().filter(({ type }) => type === 'AuditSkipped');
  assert.is(stored().length, 10_001);
  assert.equal(
    skipped.map(({ payload }) => payload['calls']),
    [{ 'tool:echo': { succeeded: 8, failed: 0 } }],
  );
});

test('at the end all that waits is stored, counts included, and no more is taken', async () => {
  const { call, audit, stored } = desk(1);
  for (let n = 0; n < 4; n += 1) call('echo');
  await audit.close();
  assert.equal(
    stored().map(({ type }) => type),
    ['ToolExecuted', 'ToolExecuted', 'AuditSkipped'],
  );
  call('late');
  await audit.close();
  assert.is(stored().length, 3);
});

test('at the end the log tells how many are lost, since they can’t be stored', async () => {
  const { call, audit, logger, state } = desk();
  state.isDown = true;
  call('echo');
  call('echo');
  await audit.close();
  assert.equal(logger.records.at(-1), {
    level: 'warn',
    message: 'Events are lost, since they can’t be stored',
    fields: { count: 2 },
  });
});

test.run();
