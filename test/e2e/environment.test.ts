import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withOwnState } from '../support/own-state.ts';
import {
  type Frame,
  modernMeta,
  type ServerKind,
  ServerProcess,
  serverCommand,
} from '../support/server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'environment-'));

const requests = [
  {
    id: 1,
    method: 'tools/call',
    params: { name: 'echo', arguments: { message: 'hi' }, _meta: modernMeta() },
  },
  { id: 2, method: 'tools/call', params: { name: 'system_info', _meta: modernMeta() } },
];
const input = requests.map((request) => `${JSON.stringify({ jsonrpc: '2.0', ...request })}\n`).join('');

interface Surroundings {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Shell that runs the server, as `"$@"`. */
  readonly script?: string;
}

/** Runs a session of two calls, in an environment of nothing but `env` and the place of its state; fails unless all goes well. */
function runSession(
  command: readonly string[],
  { env = {}, cwd = folder, script }: Surroundings = {},
): Frame {
  const [program = '', ...args] = script ? ['/bin/sh', '-c', script, 'sh', ...command] : command;
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    env: withOwnState(env),
    cwd,
    input,
    encoding: 'utf8',
  });
  assert.is(error, undefined);
  assert.is(stderr, '');
  assert.is(status, 0);
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [echo, info] = requests.map((request) => answers.find(({ id }) => id === request.id));
  assert.is(echo.result.content[0].text, 'Echo: hi');
  assert.is(info.result.isError, undefined);
  return info.result.structuredContent;
}

function commandOf(kind: ServerKind): string[] {
  const { command, args } = serverCommand(kind);
  return [command, ...args];
}

const test = suite('Environment');
test.after(() => rmSync(folder, { recursive: true }));

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: no variables at all`, () => {
    assert.is(runSession(commandOf(kind)).cwd, folder);
  });

  test(`${kind}: no home, an empty one, one that isn't there`, () => {
    for (const home of [
      {},
      { HOME: '' },
      { HOME: '/nonexistent/home' },
      { HOME: 'relative', XDG_CONFIG_HOME: '' },
    ]) {
      runSession(commandOf(kind), { env: { PATH: process.env['PATH'] ?? '', ...home } });
    }
  });

  test(`${kind}: a working directory where nothing can be written`, () => {
    const cwd = join(folder, `read-only ${kind}`);
    mkdirSync(cwd);
    chmodSync(cwd, 0o555);
    assert.is(runSession(commandOf(kind), { cwd }).cwd, cwd);
    // For root every folder is writable, but not this one.
    if (existsSync('/proc/self')) assert.match(runSession(commandOf(kind), { cwd: '/proc' }).cwd, '/proc');
  });

  test(`${kind}: a working directory that has been deleted`, () => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
    assert.is(runSession(commandOf(kind), { script }).cwd, 'unknown');
  });

  test(`${kind}: a path with spaces and letters of every kind`, () => {
    const [file = '', ...rest] = commandOf(kind).toReversed();
    const link = join(folder, `a bc'd "ü 世界 ${basename(file)}`);
    symlinkSync(file, link);
    runSession([...rest.toReversed(), link]);
  });

  test(`${kind}: two at once`, async () => {
    const both = [new ServerProcess(kind, { cwd: folder }), new ServerProcess(kind, { cwd: folder })];
    for (const [at, server] of both.entries()) {
      await server.initialize();
      const params = { name: 'echo', arguments: { message: `to ${at}` } };
      assert.is((await server.request(1, 'tools/call', params)).result.content[0].text, `Echo: to ${at}`);
    }
    for (const server of both) assert.equal(await server.close(), { code: 0, signal: null });
  });
}

test("the binary ignores what the user's NODE_OPTIONS say", () => {
  runSession(commandOf('binary'), { env: { NODE_OPTIONS: '--require=/nonexistent.cjs --trace-warnings' } });
});

const olderNode = findOlderNode();
if (olderNode) {
  test('the bundle says in one line that this Node.js is too old', () => {
    const { stdout, stderr, status } = spawnSync(olderNode, commandOf('bundle').slice(1), {
      input,
      encoding: 'utf8',
    });
    assert.is(stdout, '');
    assert.match(stderr, /^tfo-mcp needs Node\.js 22\.21 or newer, this is v\d+\.\d+\.\d+\n$/);
    assert.is(status, 1);
  });
}

test.run();

/** The machine's own Node.js, if it is older than what the bundle runs on. */
function findOlderNode(): string | undefined {
  const path = '/usr/bin/node';
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(stdout ?? '') ?? [];
  return status === 0 && (Number(major) < 22 || (major === '22' && Number(minor) < 21)) ? path : undefined;
}
