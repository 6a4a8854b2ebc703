import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverCommand } from '../support/server-process.ts';

const test = suite<{ folder: string }>('A start that fails');

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'tfo-failed-start-'));
  writeFileSync(join(context.folder, 'wrong.yaml'), 'server: { prot: 1 }\ntools: { page: 1 }\n');
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The end of a server whose client sends these lines; the input stays open unless `ends`. */
async function start(
  args: readonly string[],
  { lines = [], ends = false, env = {} }: { lines?: readonly object[]; ends?: boolean; env?: object } = {},
): Promise<Ended> {
  const { command, args: own } = serverCommand('binary');
  const child = spawn(command, [...own, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
  });
  child.stdin.on('error', () => undefined);
  for (const line of lines) child.stdin.write(`${JSON.stringify(line)}\n`);
  if (ends) child.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  child.stdin.destroy();
  return { code, stdout, stderr };
}

const initialize = { jsonrpc: '2.0', id: 'first', method: 'initialize', params: {} };
const discover = { jsonrpc: '2.0', id: 5, method: 'server/discover', params: {} };

for (const [what, args, env, code, sentence] of [
  ['a configuration that is not there', ['--config', '/none.yaml'], {}, 78, 'no such file'],
  ['a wrong variable', [], { TELEMETRYFLOW_MCP_SERVER_PORT: 'abc' }, 78, 'and validate'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ['a key that nobody filled in', [], { ANTHROPIC_API_KEY: '${ANTHROPIC_API_KEY}' }, 78, 'a placeholder'],
  ['an unknown option', ['--prot', '1'], {}, 2, 'did you mean "--port"?'],
  ['a directory as argument', ['/srv/work'], {}, 2, '--allow /srv/work'],
  ['the name of a transport', ['stdio'], {}, 2, 'Unknown command "stdio"'],
  ['a word of other servers', ['run', '--allow', '/srv'], {}, 2, 'Unknown command "run"'],
  ['a mistyped command', ['sevre'], {}, 2, 'did you mean "serve"?'],
  ['an empty word', [''], {}, 2, 'Unknown command ""'],
  ['a directory that nobody filled in', ['--allow', '$HOME'], {}, 2, '(in the arguments'],
  ['a value that is none of the choices', ['serve', '--log-level', 'loud'], {}, 2, 'loud'],
  ['a file that is named after a transport', ['--config', 'http-team.yaml'], {}, 78, 'no such file'],
] as const)
  test(`the first request of a client is answered with the reason: ${what}`, async () => {
    const ended = await start(args, { lines: [initialize, discover], env });
    assert.is(ended.code, code);
    const answers = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(
      answers.map(({ id }) => id),
      ['first'],
    );
    const { message, data } = answers[0].error;
    assert.match(message, /^tfo-mcp can't start: /);
    if (sentence !== 'and validate') assert.match(message, sentence);
    else assert.match(message, /TELEMETRYFLOW_MCP_SERVER_PORT.*"tfo-mcp validate" shows all/);
    assert.equal(data, { code: 'start.failed' });
    assert.match(ended.stderr, 'error: ');
  });

test('of many problems the first is answered, and stderr has all of them', async ({ folder }) => {
  const { stdout, stderr, code } = await start(['--config', join(folder, 'wrong.yaml')], {
    lines: [discover],
  });
  assert.is(code, 78);
  assert.match(JSON.parse(stdout).error.message, /wrong\.yaml.*and 1 more/);
  assert.match(stderr, /2 problems\n.*prot.*\n.*page/);
});

test('a secret that is refused stays untold', async () => {
  const env = { ANTHROPIC_BASE_URL: 'https://user:hunter2@example.com/#x' };
  const { stdout } = await start([], { lines: [initialize], env });
  assert.match(stdout, "can't start");
  assert.not.match(stdout, 'hunter2');
});

test('a first request without a line end is answered at the end of the input', async () => {
  const { command, args: own } = serverCommand('binary');
  const child = spawn(command, [...own, '--config', '/none.yaml'], { env: { HOME: '/nonexistent' } });
  child.stdin.end(JSON.stringify(initialize));
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal([JSON.parse(stdout).id, code], ['first', 78]);
});

test('a start without a client ends with its input', async () => {
  const { code, stdout } = await start(['--config', '/none.yaml'], { ends: true });
  assert.equal([code, stdout], [78, '']);
});

test('a start whose client sends nothing ends by itself', async () => {
  const { code, stdout } = await start(['--config', '/none.yaml']);
  assert.equal([code, stdout], [78, '']);
});

for (const [args, expected] of [
  [['serve', '--transport', 'http', '--prot', '1'], 2],
  [['--transport', 'http,sse', '--config', '/none.yaml'], 78],
  [['valdate', '--json'], 2],
  [['call', 'echo', '--colour'], 2],
  [['--config', '/none.yaml', 'info'], 78],
] as const)
  test(`"${args.join(' ')}" waits for no client`, async () => {
    const { code, stdout } = await start(args, { lines: [initialize] });
    assert.equal([code, stdout], [expected, '']);
  });

test.run();
