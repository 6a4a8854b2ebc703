import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Frame, modernMeta, type ServerKind, serverCommand } from '../support/server-process.ts';

/** Starts the server on its own pipes, says its id, and stays. */
const PARENT = `
const { spawn } = require('node:child_process');
const [command, ...args] = process.argv.slice(1);
console.error(spawn(command, args, { stdio: 'inherit' }).pid);
`;

interface Family {
  readonly parent: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly serverId: number;
  readonly frames: Frame[];
  send(message: unknown): void;
  /** Resolves with the next frame. */
  next(): Promise<Frame>;
}

const folder = mkdtempSync(join(tmpdir(), 'parent-'));
const families: Family[] = [];
const inputs: number[] = [];

/** An input that stays open whoever dies: we hold both its ends. */
function openInput(): number {
  const path = join(folder, `input-${inputs.length}`);
  execFileSync('mkfifo', [path]);
  const input = openSync(path, 'r+');
  inputs.push(input);
  return input;
}

async function start(kind: ServerKind, settings = {}, flags: readonly string[] = []): Promise<Family> {
  const { command, args } = serverCommand(kind);
  const input = openInput();
  const parent = spawn(process.execPath, ['-e', PARENT, command, ...args, ...flags], {
    env: { PATH: process.env['PATH'], FIXTURE: JSON.stringify(settings) },
    stdio: [input, 'pipe', 'pipe'],
  });
  const [, stdout, stderr] = parent.stdio as unknown as [null, Readable, Readable];
  const [serverId] = await once(stderr, 'data');
  const frames: Frame[] = [];
  const lines = createInterface({ input: stdout });
  lines.on('line', (line) => frames.push(JSON.parse(line)));
  const family = {
    parent,
    stdout,
    stderr,
    serverId: Number(serverId),
    frames,
    send: (message: unknown) => void writeSync(input, `${JSON.stringify(message)}\n`),
    next: async () => {
      await once(lines, 'line');
      return frames.at(-1);
    },
  };
  families.push(family);
  return family;
}

/** Kills the parent; resolves when the server has let go of its output. */
async function orphan({ parent, stdout }: Family): Promise<void> {
  const ended = once(stdout, 'end', { signal: AbortSignal.timeout(20_000) });
  parent.kill('SIGKILL');
  await ended;
}

const test = suite('The parent process is gone, the input still open');
test.after(() => {
  for (const { parent, stdout, serverId } of families) {
    if (!stdout.readableEnded) process.kill(serverId, 'SIGKILL');
    parent.kill('SIGKILL');
  }
  inputs.forEach(closeSync);
  rmSync(folder, { recursive: true });
});

for (const kind of ['binary', 'bundle'] as const) {
  test(`the idle ${kind} ends`, async () => {
    const family = await start(kind);
    family.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
    assert.equal((await family.next()).result, {});
    await orphan(family);
  });
}

test('work under way is finished first', async () => {
  const family = await start('fixture', { shutdownTimeout: 3600 });
  const params = { name: 'slow', arguments: { ms: 3000 }, _meta: modernMeta() };
  family.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  family.send({ jsonrpc: '2.0', id: 2, method: 'server/discover', params: { _meta: modernMeta() } });
  assert.is((await family.next()).id, 2);
  await orphan(family);
  assert.is(family.frames.at(-1).id, 1);
  assert.match(family.frames.at(-1).result.content[0].text, 'slept');
});

test('a network server goes on', async () => {
  const { parent, stderr, stdout } = await start('bundle', {}, [
    'serve',
    '--transport',
    'http',
    '--port',
    '0',
  ]);
  const [line] = await once(createInterface({ input: stderr }), 'line');
  parent.kill('SIGKILL');
  await setTimeout(5000); // two looks for the parent
  const { port } = JSON.parse(line);
  assert.is((await fetch(`http://127.0.0.1:${port}/livez`)).status, 200);
  assert.not(stdout.readableEnded);
});

test.run();
