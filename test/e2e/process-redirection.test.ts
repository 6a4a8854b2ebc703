import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withOwnState } from '../support/own-state.ts';
import { type ServerKind, serverCommand } from '../support/server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'redirection-'));
const input = join(folder, 'input');
const output = join(folder, 'output');

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const echo = {
  jsonrpc: '2.0',
  id: 2,
  method: 'tools/call',
  params: { name: 'echo', arguments: { message: 'x'.repeat(100_000) } },
};
writeFileSync(input, `${JSON.stringify(initialize)}\n${JSON.stringify(echo)}\n`);

/** Runs a line of shell in which `"$@"` is the server, `$IN` a file with two requests and `$OUT` one to write to. */
async function shell(kind: ServerKind, script: string) {
  const { command, args } = serverCommand(kind);
  const child = spawn('/bin/sh', ['-c', script, 'sh', command, ...args], {
    env: { PATH: process.env['PATH'], ...withOwnState({ IN: input, OUT: output }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

/** Fails unless both requests have their answers, whole. */
function assertAnswered(lines: string): void {
  const answers = lines.trimEnd().split('\n');
  assert.equal(
    answers.map((line) => JSON.parse(line).id),
    [1, 2],
  );
  assert.is(JSON.parse(answers[1] ?? '').result.content[0].text.length, 'Echo: '.length + 100_000);
}

const test = suite('Redirection');
test.after(() => rmSync(folder, { recursive: true }));

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: input from a file`, async () => {
    const { code, stdout, stderr } = await shell(kind, '"$@" < "$IN"');
    assert.equal({ code, stderr }, { code: 0, stderr: '' });
    assertAnswered(stdout);
  });

  test(`${kind}: input from a file, output to a file`, async () => {
    assert.equal(await shell(kind, '"$@" < "$IN" > "$OUT"'), { code: 0, stdout: '', stderr: '' });
    assertAnswered(readFileSync(output, 'utf8'));
  });

  test(`${kind}: pipes of a shell`, async () => {
    const { code, stdout, stderr } = await shell(kind, '{ cat "$IN" | "$@"; echo $? >&2; } | cat');
    assert.equal({ code, stderr }, { code: 0, stderr: '0\n' });
    assertAnswered(stdout);
  });

  for (const [name, redirection] of [
    ['an empty input', '< /dev/null'],
    ['a closed input', '<&-'],
  ] as const) {
    test(`${kind}, ${name}: ends with 0, and says that nobody wrote`, async () => {
      const { code, stdout, stderr } = await shell(kind, `"$@" ${redirection}`);
      assert.equal([code, stdout], [0, '']);
      assert.match(JSON.parse(stderr).reason, 'end of input before a message');
    });
  }

  for (const [name, redirection] of [
    ['a closed output', '< "$IN" >&-'],
    ['an output that is full', '< "$IN" > /dev/full'],
    ['all closed', '<&- >&- 2>&-'],
  ] as const) {
    test(`${kind}, ${name}: ends with 0, without a word`, async () => {
      assert.equal(await shell(kind, `"$@" ${redirection}`), { code: 0, stdout: '', stderr: '' });
    });
  }

  for (const [name, redirection] of [
    ['a closed stderr', '2>&-'],
    ['a full stderr', '2> /dev/full'],
  ] as const) {
    test(`${kind}, ${name}: harms nothing`, async () => {
      const { code, stdout } = await shell(kind, `"$@" serve --debug < "$IN" ${redirection}`);
      assert.is(code, 0);
      assertAnswered(stdout);
    });
  }
}

/** Settles once somebody listens there, or when the server has ended. */
async function listens(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return true;
    await sleep(20);
  }
  return false;
}

test('bundle: serves on with a warning for a stderr whose disk is full', async () => {
  const { command, args } = serverCommand('bundle');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await once(probe.close(), 'close'); // else the first connection can be to it
  const full = openSync('/dev/full', 'w');
  const network = ['--transport', 'http', '--host', '0.0.0.0', '--insecure', '--port', String(port)];
  const child = spawn(command, [...args, 'serve', ...network], {
    env: { PATH: process.env['PATH'], ...withOwnState({}) },
    stdio: ['ignore', 'ignore', full],
  });
  closeSync(full);
  const ended = once(child, 'exit');
  assert.ok(await listens(port, child), 'expected the server to live');
  child.kill('SIGTERM');
  assert.is((await ended)[0], 0);
});

test.run();
