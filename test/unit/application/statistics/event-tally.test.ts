import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StoredEvent } from '../../../../src/application/ports/store.ts';
import { EventTally } from '../../../../src/application/statistics/event-tally.ts';
import type { EventId } from '../../../../src/domain/shared/domain-event.ts';
import type { JsonObject } from '../../../../src/domain/shared/json.ts';

const test = suite('event tally');

const HOUR = 3_600_000;
const SINCE = '2026-01-01T00:00:00.000Z';
const at = (hour: number) => new Date(Date.parse(SINCE) + hour * HOUR).toISOString();

/** @param about of the aggregate, "type:id" */
function happened(type: string, about: string, payload: JsonObject = {}, occurredAt = at(1)): StoredEvent {
  const [kind = '', ...id] = about.split(':');
  const eventId = 'e' as EventId;
  const aggregate = { type: kind, id: id.join(':') };
  return { eventId, type, occurredAt, class: 'audit', aggregate, payload, cursor: '1' };
}

const call = (tool: string, payload: JsonObject = { success: true, durationMs: 1 }, occurredAt = at(1)) =>
  happened('ToolExecuted', `tool:${tool}`, payload, occurredAt);

function tally(events: readonly StoredEvent[], { first = SINCE, until = at(24) } = {}) {
  const counted = new EventTally({ since: SINCE, until, first });
  for (const event of events) counted.add(event);
  return counted.statistics();
}

test('nothing is counted where nothing happened', () => {
  const { overTime, ...counts } = tally([]);
  const none = { tools: [], failures: [], models: [], resources: [], prompts: [], clients: [] };
  assert.equal(counts, {
    ...none,
    since: SINCE,
    until: at(24),
    events: 0,
    calls: { calls: 0, errors: 0 },
    sessions: { opened: 0, closed: 0 },
    conversations: { begun: 0, answers: 0 },
    counted: { calls: 0, reads: 0, prompts: 0, sessions: 0, others: 0 },
  });
  assert.equal([overTime.from, overTime.seconds], [SINCE, 1800]);
  assert.ok([...overTime.calls, ...overTime.errors].every((count) => count === 0));
});

test('calls are counted for each tool, with errors and latency, the one that was called most first', () => {
  const { tools, calls } = tally([
    call('rare', { success: false, durationMs: 5000 }),
    ...Array.from({ length: 99 }, (_, ms) => call('often', { success: ms > 9, durationMs: ms + 1 })),
  ]);
  assert.equal(
    tools.map(({ name, calls: all, errors }) => [name, all, errors]),
    [
      ['often', 99, 10],
      ['rare', 1, 1],
    ],
  );
  const near = (value: number | undefined, exact: number) =>
    assert.ok(Math.abs((value ?? 0) / exact - 1) <= 0.0101, `${value} for ${exact}`);
  near(tools[0]?.latencyMs?.p50, 50);
  near(tools[0]?.latencyMs?.p95, 95);
  assert.is(tools[0]?.latencyMs?.max, 99);
  assert.equal(
    [calls.calls, calls.errors, calls.latencyMs?.measured, calls.latencyMs?.max],
    [100, 11, 100, 5000],
  );
  near(calls.latencyMs?.p99, 99);
});

test('calls of tools are counted over time, others are not', () => {
  const { overTime } = tally([
    call('a', { success: true }, at(0)),
    call('a', { success: false }, at(1.75)),
    call('b', { success: true }, at(1.75)),
    happened('ResourceRead', 'resource:status://health', { success: true }, at(2)),
  ]);
  const filled = (counts: readonly number[]) =>
    counts.flatMap((count, index) => (count > 0 ? [[index, count]] : []));
  assert.equal(filled(overTime.calls), [
    [0, 1],
    [3, 2],
  ]);
  assert.equal(filled(overTime.errors), [[3, 1]]);
});

test('time begins with the first event, and parts of it are the same over a change of daylight saving time', () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  try {
    const [from, until] = ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'];
    const hours = Array.from({ length: 25 }, (_, hour) =>
      new Date(Date.parse(from) + hour * HOUR).toISOString(),
    );
    const { overTime } = tally(
      hours.map((hour) => call('a', {}, hour)),
      { first: from, until },
    );
    assert.equal([overTime.from, overTime.seconds], [from, 1800]);
    assert.equal(
      overTime.calls.filter((_, index) => index % 2 === 0),
      [...hours.map(() => 1), 0],
    );
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

test('an event of a later time than now counts in the last part of time', () => {
  const { overTime, calls } = tally([call('a', {}, '2099-01-01T00:00:00.000Z')]);
  assert.equal([calls.calls, overTime.calls.at(-1)], [1, 1]);
});

test('failures of calls, reads and prompts are counted by their code', () => {
  const failed = (errorCode?: string) => ({ success: false, ...(errorCode && { errorCode }) });
  const { failures } = tally([
    call('a', failed('tool.failed')),
    call('b', failed('tool.failed')),
    call('b', { success: true, errorCode: 'tool.failed' }),
    happened('ResourceRead', 'resource:x', failed('resource.not-found')),
    happened('PromptExecuted', 'prompt:x', failed('tool.failed')),
    call('of an earlier version', failed()),
  ]);
  assert.equal(failures, [
    { name: 'tool.failed', times: 3 },
    { name: '_UNKNOWN', times: 1 },
    { name: 'resource.not-found', times: 1 },
  ]);
});

test('tokens are added up by the model that answered; questions and answers without a model have none', () => {
  const usage = { inputTokens: 10, outputTokens: 5, cacheCreationTokens: 1, cacheReadTokens: 2 };
  const said = (payload: JsonObject) => happened('MessageAdded', 'conversation:c', payload);
  const { models, conversations } = tally([
    happened('ConversationCreated', 'conversation:c', { model: 'claude-a' }),
    said({ role: 'user' }),
    said({ role: 'assistant', model: 'claude-a', usage }),
    said({ role: 'assistant', model: 'claude-b', usage }),
    said({ role: 'assistant', model: 'claude-a', usage: { ...usage, outputTokens: 1 } }),
    said({ role: 'assistant' }),
  ]);
  assert.equal(models, [
    {
      name: 'claude-a',
      answers: 2,
      inputTokens: 20,
      outputTokens: 6,
      cacheCreationTokens: 2,
      cacheReadTokens: 4,
    },
    { name: 'claude-b', answers: 1, ...usage },
  ]);
  assert.equal(conversations, { begun: 1, answers: 4 });
});

test('resources, prompts, and sessions by client are counted', () => {
  const initialized = (clientName: string) => happened('SessionInitialized', 'session:s', { clientName });
  const { resources, prompts, clients, sessions } = tally([
    happened('ResourceRead', 'resource:file:{…}', { success: true }),
    happened('ResourceRead', 'resource:file:{…}', { success: false }),
    happened('PromptExecuted', 'prompt:code_review', { success: true }),
    ...['s', 't', 'u'].map((id) => happened('SessionCreated', `session:${id}`)),
    ...['zed', 'codex', 'zed'].map(initialized),
    happened('SessionClosed', 'session:s'),
  ]);
  assert.equal(resources, [{ name: 'file:{…}', uses: 2, errors: 1 }]);
  assert.equal(prompts, [{ name: 'code_review', uses: 1, errors: 0 }]);
  assert.equal(clients, [
    { name: 'zed', sessions: 2 },
    { name: 'codex', sessions: 1 },
  ]);
  assert.equal(sessions, { opened: 3, closed: 1 });
});

test('what was only counted counts as calls without latency, and is told', () => {
  const calls = {
    'tool:echo': { succeeded: 90, failed: 10 },
    'resource:file:{…}': { succeeded: 3, failed: 0 },
    'prompt:code_review': { succeeded: 2, failed: 1 },
    'session:s': { succeeded: 4, failed: 0 },
    _OTHER: { succeeded: 5, failed: 1 },
  };
  const found = tally([call('echo'), happened('AuditSkipped', 'audit:skipped', { calls }, at(2))]);
  const [echo] = found.tools;
  assert.equal([echo?.calls, echo?.errors, echo?.latencyMs?.measured], [101, 10, 1]);
  assert.equal([found.overTime.calls[4], found.overTime.errors[4]], [100, 10]);
  assert.equal(found.resources, [{ name: 'file:{…}', uses: 3, errors: 0 }]);
  assert.equal(found.prompts, [{ name: 'code_review', uses: 3, errors: 1 }]);
  assert.equal(found.counted, { calls: 100, reads: 3, prompts: 3, sessions: 4, others: 6 });
  assert.is(found.events, 2);
});

test('of a tool that was only counted no latency is known', () => {
  const { tools } = tally([
    happened('AuditSkipped', 'audit:skipped', { calls: { 'tool:a': { succeeded: 2 } } }),
  ]);
  assert.equal(tools, [{ name: 'a', calls: 2, errors: 0 }]);
});

for (const [what, event, expected] of [
  ['a type of a later version', happened('TaskFinished', 'task:t', { success: false }), {}],
  ['a call without an outcome', call('a', {}), { tools: [{ name: 'a', calls: 1, errors: 0 }] }],
  ['a duration below 0', call('a', { durationMs: -1 }), { tools: [{ name: 'a', calls: 1, errors: 0 }] }],
  ['a duration in words', call('a', { durationMs: '5' }), { tools: [{ name: 'a', calls: 1, errors: 0 }] }],
  [
    'a duration that is too great for JSON',
    call('a', { durationMs: JSON.parse('1e999') }),
    { tools: [{ name: 'a', calls: 1, errors: 0 }] },
  ],
  ['a call at no time', call('a', {}, 'yesterday'), { tools: [{ name: 'a', calls: 1, errors: 0 }] }],
  [
    'a client without a name',
    happened('SessionInitialized', 'session:s'),
    { clients: [{ name: '_UNKNOWN', sessions: 1 }] },
  ],
  [
    'an answer whose tokens are no numbers',
    happened('MessageAdded', 'conversation:c', {
      role: 'assistant',
      model: 'm',
      usage: { inputTokens: '7' },
    }),
    {
      models: [
        {
          name: 'm',
          answers: 1,
          inputTokens: 0,
          outputTokens: 0,
          cacheCreationTokens: 0,
          cacheReadTokens: 0,
        },
      ],
      conversations: { begun: 0, answers: 1 },
    },
  ],
  [
    'counts that are none',
    happened('AuditSkipped', 'audit:skipped', { calls: { 'tool:a': 7 } }),
    {
      tools: [{ name: 'a', calls: 0, errors: 0 }],
    },
  ],
  ['no counts', happened('AuditSkipped', 'audit:skipped', { calls: null }), {}],
] as const)
  test(`${what} is an event, and counts as far as it is known`, () => {
    const { tools, models, clients, conversations, events } = tally([event]);
    const none = { tools: [], models: [], clients: [], conversations: { begun: 0, answers: 0 } };
    assert.equal({ tools, models, clients, conversations, events }, { ...none, ...expected, events: 1 });
  });

test('names are counted apart up to a number, and cut at a length', () => {
  const names = Array.from({ length: 500 }, (_, n) => `${n}`.padStart(3, '0'));
  const { tools } = tally([...names.map((name) => call(name)), call('x'.repeat(100_000)), call('000')]);
  assert.is(tools.length, 201);
  assert.equal([tools[0]?.name, tools[0]?.calls], ['_OTHER', 301]);
  assert.equal([tools[1]?.name, tools[1]?.calls], ['000', 2]);
  assert.is(tally([call('x'.repeat(100_000))]).tools[0]?.name.length, 201);
});

test('whatever events hold, counting succeeds, in any order alike, and can be said in JSON', () => {
  const types = [
    'ToolExecuted',
    'ResourceRead',
    'PromptExecuted',
    'AuditSkipped',
    'MessageAdded',
    'SessionInitialized',
  ];
  const members = [
    'success',
    'errorCode',
    'durationMs',
    'calls',
    'role',
    'model',
    'usage',
    'clientName',
    '__proto__',
    'constructor',
  ];
  const event = fc
    .record({
      type: fc.oneof(fc.constantFrom(...types), fc.string()),
      id: fc.oneof(fc.constantFrom('__proto__', 'constructor', '', 'a'), fc.string({ unit: 'binary' })),
      payload: fc.dictionary(fc.constantFrom(...members), fc.jsonValue()),
      occurredAt: fc.oneof(
        fc.constantFrom(at(1), at(30), '0000', '+275760-09-13T00:00:00.000Z'),
        fc.string(),
      ),
    })
    .map(({ type, id, payload, occurredAt }) =>
      happened(type, `tool:${id}`, payload as JsonObject, occurredAt),
    );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const counted = tally(events, { first: events[0]?.occurredAt ?? SINCE });
      assert.is(counted.events, events.length);
      assert.equal(JSON.parse(JSON.stringify(counted)), counted);
      const { overTime: _, ...other } = tally(events.toReversed());
      const { overTime: __, ...one } = tally(events);
      assert.equal(other, one);
    }),
    { numRuns: 300 },
  );
});

test.run();
