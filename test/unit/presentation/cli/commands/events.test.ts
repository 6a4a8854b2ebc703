import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCli } from '../../../../../src/presentation/cli/run-cli.ts';
import { eventOf } from '../../../../support/contract-store.ts';
import { memoryStore } from '../../../../support/without-claude.ts';
import { RecordingTerminal } from '../recording-terminal.ts';
import { sampleServices } from '../sample-services.ts';

const test = suite('events');

const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();

async function run(...argv: string[]) {
  return await runAt(new RecordingTerminal({ shown: true }), ...argv);
}

async function runAt(terminal: RecordingTerminal, ...argv: string[]) {
  const store = memoryStore();
  const call = {
    ...eventOf('2', 'ToolExecuted', hours(1)),
    aggregate: { type: 'tool', id: 'echo' },
    payload: { toolName: 'echo', sessionId: 's', success: true, durationMs: 1.234 },
  };
  await store.append([
    eventOf('1', 'SessionCreated', hours(30)),
    call,
    { ...eventOf('3', 'SessionClosed', hours(0.1)), payload: { note: 'a\u001b\nb' } },
  ]);
  const services = sampleServices({ store });
  const { code } = await runCli(['events', ...argv], services, terminal);
  return { code, output: terminal.output, messages: terminal.messages, requests: services.requests };
}

test('the command shows what happened in the last day, a line each', async () => {
  const { code, output, requests } = await run();
  assert.is(code, 0);
  assert.equal(
    output.split('\n').map((line) => line.split('  ').slice(1)),
    [
      ['ToolExecuted', 'tool:echo', 'success=true', 'durationMs=1.2'],
      ['SessionClosed', 'conversation:a', 'note="a[U+001B]\\nb"'],
    ],
  );
  assert.is(requests.at(-1), 'closed');
});

test('the type stands out at a terminal that shows it', async () => {
  const { output } = await runAt(new RecordingTerminal({ shown: true, paints: true }));
  assert.ok(output.includes('Z  \u001b[1mToolExecuted\u001b[0m  tool:echo'), output);
});

test('JSON has one line an event, and nothing that steers a terminal', async () => {
  const store = memoryStore();
  await store.append([
    { ...eventOf('1', 'SessionClosed', hours(1)), payload: { note: 'a\u2028b\u009b1m\u001b' } },
  ]);
  const terminal = new RecordingTerminal({ shown: true });
  await runCli(['events', '--json'], sampleServices({ store }), terminal);
  assert.match(terminal.output, '"note":"a\\u2028b\\u009b1m\\u001b"');
});

for (const [line, ids] of [
  ['--since 7d', ['1', '2', '3']],
  ['--since 30m', ['3']],
  ['--since 2020-01-31', ['1', '2', '3']],
  ['--since 7d --type SessionCreated --type SessionClosed', ['1', '3']],
] as const)
  test(`with "${line}" it shows ${ids}, as JSON lines`, async () => {
    const { output } = await run('--json', ...line.split(' '));
    const found = output.split('\n').map((one) => JSON.parse(one));
    assert.equal(
      found.map(({ eventId }) => eventId),
      ids,
    );
    assert.not.ok('cursor' in found[0]);
  });

test('the command shows of long arguments the beginning; all of them as JSON', async () => {
  const payload = { toolName: 'echo', success: true, arguments: { message: 'm'.repeat(1000) } };
  const show = async (...argv: string[]) => {
    const store = memoryStore();
    await store.append([{ ...eventOf('1', 'ToolExecuted', hours(1)), payload }]);
    const terminal = new RecordingTerminal({ shown: true });
    await runCli(['events', ...argv], sampleServices({ store }), terminal);
    return terminal.output;
  };
  assert.match(await show(), / {2}arguments=\{"message":"m{188}…$/);
  assert.equal(JSON.parse(await show('--json')).payload, payload);
});

test('the command says that nothing happened', async () => {
  const { code, messages } = await run('--since', '1m');
  assert.is(code, 0);
  assert.match(messages, /^Nothing happened since \d{4}-/);
});

for (const [line, message] of [
  [
    '--since yesterday',
    /Expected "--since" to be a time such as 30m, 24h or 7d ago, or a date .*got "yesterday"/,
  ],
  ['--since 5', /got "5"/],
  ['--type ToolExecutd', /got "ToolExecutd"; did you mean "ToolExecuted"\?/],
] as const)
  test(`the command refuses "${line}"`, async () => {
    const { code, messages } = await run(...line.split(' '));
    assert.is(code, 2);
    assert.match(messages, message);
  });

test.run();
