import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DomainEvent } from '../../../../../src/domain/shared/domain-event.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { textWidth } from '../../../../../src/presentation/cli/terminal/text-width.ts';
import { eventOf } from '../../../../support/contract-store.ts';
import { memoryStore } from '../../../../support/without-claude.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('stats');

const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();

function happened(type: string, id: string, payload: JsonObject, ago = 1): DomainEvent {
  return { ...eventOf(id, type, hours(ago)), aggregate: { type: 'any', id }, payload };
}

const usage = { inputTokens: 1200, outputTokens: 34, cacheCreationTokens: 0, cacheReadTokens: 5 };
const sample = [
  happened('ToolExecuted', 'echo', { success: true, durationMs: 1.5 }, 20),
  happened('ToolExecuted', 'echo', { success: true, durationMs: 1.5 }),
  happened('ToolExecuted', 'read_file', { success: false, errorCode: 'file.not-found', durationMs: 2500 }),
  happened('ResourceRead', 'status://health', { success: true }),
  happened('PromptExecuted', 'code_review', { success: true }),
  happened('SessionInitialized', 's', { clientName: 'codex' }),
  happened('MessageAdded', 'c', { role: 'assistant', model: 'claude-a', usage }),
  happened('MessageAdded', 'c', { role: 'assistant', model: 'gpt-x', usage: {} }),
  happened('AuditSkipped', 'skipped', { calls: { 'tool:echo': { succeeded: 40, failed: 0 } } }),
  happened('ToolExecuted', 'long_ago', { success: true, durationMs: 1 }, 30),
];

interface Look {
  readonly columns?: number;
  readonly unicode?: boolean;
  readonly paints?: boolean;
}

async function run(events: readonly DomainEvent[], look: Look, ...argv: string[]) {
  const store = memoryStore();
  await store.append(events);
  const terminal = new RecordingTerminal({ shown: true, ...look });
  const services = sampleServices({ store });
  const { code } = await runCli(['stats', ...argv], services, terminal);
  return { code, output: terminal.output, messages: terminal.messages, requests: services.requests };
}

/** Differs from one run to the next. */
const SINCE = /^\d+ events since .*$/m;

/** The cells of the lines of a table, from its first heading on to the next empty line. */
function tableUnder(heading: string, output: string): readonly (readonly string[])[] {
  const lines = output.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(heading));
  const end = lines.indexOf('', begin);
  return lines.slice(begin, end < 0 ? undefined : end).map((line) => line.split(/ {2,}/));
}

test('the command shows the last day in tables, and closes what it opened', async () => {
  const { code, output, requests } = await run(sample, {});
  assert.is(code, 0);
  assert.equal(tableUnder('TOOL', output), [
    ['TOOL', 'CALLS', 'ERRORS', 'P50', 'P95', 'P99', 'MAX'],
    ['all', '43', '1', '1.51 ms', '2.50 s', '2.50 s', '2.50 s'],
    ['echo', '42', '0', '1.50 ms', '1.50 ms', '1.50 ms', '1.50 ms'],
    ['read_file', '1', '1', '2.50 s', '2.50 s', '2.50 s', '2.50 s'],
  ]);
  assert.equal(tableUnder('ERROR ', output).at(-1), ['file.not-found', '1']);
  assert.equal(tableUnder('MODEL', output), [
    ['MODEL', 'ANSWERS', 'INPUT', 'OUTPUT', 'TO CACHE', 'FROM CACHE'],
    ['claude-a', '1', '1,200', '34', '0', '5'],
    ['gpt-x', '1', '-', '-', '-', '-'],
  ]);
  assert.equal(tableUnder('RESOURCE', output).at(-1), ['status://health', '1', '0']);
  assert.equal(tableUnder('PROMPT', output).at(-1), ['code_review', '1', '0']);
  assert.equal(tableUnder('CLIENT', output).at(-1), ['codex', '1']);
  assert.match(output, /^Calls each 30 minutes, at most 42$/m);
  assert.match(output, /^Errors each 30 minutes, at most 1$/m);
  assert.match(output, /^9 events since \d{4}-\d\d-\d\dT/m);
  assert.match(output.replaceAll('\n', ' '), /Only counted, without latency, .*: 40 calls\./);
  assert.is(requests.at(-1), 'closed');
});

test('the chart has calls at their times, on an axis with its ends', async () => {
  const { output } = await run(sample, {});
  const lines = output.split('\n');
  const axis = lines.findIndex((line) => /^─+$/.test(line));
  const bottom = (lines[axis - 1] ?? '').padEnd(lines[axis]?.length ?? 0);
  assert.is(bottom[0], '▁', 'the chart begins with the first event');
  assert.equal([...bottom].filter((cell) => cell !== ' ').length, 2);
  assert.match(output, /^\d{4}-\d\d-\d\d \d\d:\d\d +\d{4}-\d\d-\d\d \d\d:\d\d UTC$/m);
});

test('--since looks farther back, and --json has everything', async () => {
  const { code, output } = await run(sample, {}, '--since', '7d', '--json');
  assert.is(code, 0);
  const { tools, calls, models, counted, overTime, events } = JSON.parse(output);
  assert.equal(
    tools.map(({ name }: { name: string }) => name),
    ['echo', 'long_ago', 'read_file'],
  );
  assert.equal([calls.calls, calls.latencyMs.measured, events, counted.calls], [44, 4, 10, 40]);
  assert.equal(models[0], { name: 'claude-a', answers: 1, ...usage });
  assert.is(overTime.calls.length, overTime.errors.length);
});

test('where nothing happened the command says so, and JSON has zeros', async () => {
  const { code, output, messages } = await run([], {});
  assert.equal([code, output], [0, '']);
  assert.match(messages, /^Nothing happened since \d{4}-/);
  const { events, tools } = JSON.parse((await run([], {}, '--json')).output);
  assert.equal([events, tools], [0, []]);
});

test('without calls there is no chart, and no empty table', async () => {
  const { output } = await run([happened('SessionClosed', 's', {})], {});
  assert.match(output, /^1 event since .*\nSessions: 0 opened, 1 closed\. /);
});

test('a table has the 20 that were used most, and says how many there are more', async () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    happened('PromptExecuted', `prompt_${n}`, { success: true }),
  );
  const { output } = await run(many, {});
  const table = tableUnder('PROMPT', output);
  assert.equal([table.length, table.at(-1)], [22, ['and 10 more; --json has them']]);
});

test('colours change nothing else', async () => {
  const { output } = await run(sample, { paints: true });
  const plain = output.replaceAll('\u001b[1m', '').replaceAll('\u001b[0m', '');
  assert.is.not(plain, output);
  assert.is(plain.replace(SINCE, ''), (await run(sample, {})).output.replace(SINCE, ''));
});

for (const columns of [1, 7, 20, 40, 60, 80, 200])
  for (const unicode of [true, false])
    test(`no line is wider than ${columns} columns, ${unicode ? 'with' : 'without'} Unicode`, async () => {
      const { output } = await run(sample, { columns, unicode });
      const longestWord = Math.max(
        ...output
          .split(/\s+/)
          .filter((word) => /^\w/.test(word))
          .map(textWidth),
      );
      // Sentences are broken at blanks only.
      for (const line of output.split('\n'))
        assert.ok(textWidth(line) <= Math.max(columns, longestWord), `${columns}: ${line}`);
      if (!unicode) assert.match(output, /^[\n -~]*$/);
    });

for (const name of [
  '\u001b[31mred',
  'two\nlines',
  'a\u009b1mb',
  '\u202Eevil',
  'x'.repeat(5000),
  'bell\u0007\u007f',
])
  test(`the name ${JSON.stringify(name.slice(0, 10))} of a client steers no terminal`, async () => {
    const named = [
      happened('ToolExecuted', name, { success: false, errorCode: name }),
      happened('ResourceRead', name, {}),
      happened('PromptExecuted', name, {}),
      happened('SessionInitialized', 's', { clientName: name }),
      happened('MessageAdded', 'c', { role: 'assistant', model: name }),
    ];
    const { output } = await run(named, {});
    assert.not.match(output, /[^\n\P{C}]|\p{Zl}|\p{Zp}/u);
    for (const heading of ['TOOL', 'ERROR ', 'MODEL', 'RESOURCE', 'PROMPT', 'CLIENT'])
      assert.is(tableUnder(heading, output).length, 2, heading);
    const json = (await run(named, {}, '--json')).output;
    assert.not.match(json, /[^\n\P{Cc}]/u);
    assert.is(JSON.parse(json).clients[0].name.slice(0, 200), name.slice(0, 200));
  });

test('whatever events hold, the command shows them', async () => {
  const types = [
    'ToolExecuted',
    'ResourceRead',
    'PromptExecuted',
    'AuditSkipped',
    'MessageAdded',
    'SessionInitialized',
  ];
  const members = ['success', 'durationMs', 'calls', 'role', 'model', 'usage', 'clientName'];
  const event = fc
    .tuple(
      fc.constantFrom(...types, 'Unknown'),
      fc.string({ unit: 'binary' }),
      fc.dictionary(fc.constantFrom(...members), fc.jsonValue()),
    )
    .map(([type, id, payload]) => happened(type, id, payload as JsonObject));
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 100 }),
      async (events, columns) => {
        const { code, output } = await run(events, { columns });
        assert.is(code, 0);
        assert.not.match(output, /[^\n\P{C}]/u);
      },
    ),
    { numRuns: 100 },
  );
});

for (const [line, message] of [
  [
    '--since yesterday',
    /Expected "--since" to be a time such as 30m, 24h or 7d ago, or a date .*got "yesterday"/,
  ],
  ['--follow', /The command "stats" has no option "--follow"/],
  ['--type ToolExecuted', /The command "stats" has no option "--type"/],
  ['tools', /Expected nothing after "stats", got "tools"/],
] as const)
  test(`the command refuses "${line}"`, async () => {
    const { code, messages } = await run([], {}, ...line.split(' '));
    assert.is(code, 2);
    assert.match(messages, message);
  });

test.run();
