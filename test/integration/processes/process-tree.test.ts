import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CommandRequest } from '../../../src/application/ports/processes.ts';
import { childEnvironment } from '../../../src/domain/policy/commands/child-environment.ts';
import { failureOf } from '../../support/failure.ts';
import { skip } from '../../support/skip.ts';
import { isWine } from '../../support/windows.ts';
import { run } from './process-desk.ts';
import { eventually } from './sleepers.ts';

/**
 * The ends of trees on every system: each process holds a connection, which the system closes when the process ends. How Windows
 * finds them only Windows shows: Wine's taskkill knows no trees.
 */
const test = suite('process trees');

const folder = mkdtempSync(join(tmpdir(), 'process-tree-'));
const script = join(folder, 'tree.cjs');
writeFileSync(
  script,
  `const [port, depth] = process.argv.slice(2).map(Number);
  const end = () => process.exit();
  require('node:net').connect(port, '127.0.0.1').on('error', end).on('close', end).resume();
  const start = () => require('node:child_process').spawn(process.execPath, [__filename, port, depth - 1], { stdio: 'ignore' });
  if (depth > 1) [start(), start()];`,
);

/** A process, its two children, and their two each. */
const DEPTH = 3;
const COUNT = 7;

const connected = new Set<Socket>();
let everConnected = 0;
const server = createServer((socket) => {
  everConnected += 1;
  connected.add(socket);
  socket.on('error', () => undefined).on('close', () => connected.delete(socket));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

test.before.each(() => {
  everConnected = 0;
});
test.after(() => {
  for (const socket of connected) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

const environment = childEnvironment({ variables: process.env, secrets: [], platform: process.platform });
const lines: Readonly<Record<string, CommandRequest['line']>> = {
  'a program': { argv: [process.execPath, script, String(port), String(DEPTH)] },
  'the shell': { command: `"${process.execPath}" "${script}" ${port} ${DEPTH}` },
};

/** Runs where there are trees to end. */
const onTrees = (name: string, body: () => Promise<void>) =>
  isWine ? skip(test, 'Windows', name) : test(name, body);

for (const [what, line] of Object.entries(lines)) {
  onTrees(`${what} whose time is up is ended with all that it started`, async () => {
    const { timedOut } = await run('', { line, directory: folder, environment, timeoutMs: 8000 });
    assert.equal([timedOut, everConnected], [true, COUNT]);
    await eventually(() => connected.size === 0, 'every process to end');
  });

  onTrees(`${what} that nobody wants any more is ended with all that it started`, async () => {
    const controller = new AbortController();
    const running = failureOf(run('', { line, directory: folder, environment }, controller.signal));
    await eventually(() => connected.size === COUNT, 'every process to be there');
    const reason = new Error('cancelled');
    controller.abort(reason);
    assert.is(await running, reason);
    await eventually(() => connected.size === 0, 'every process to end');
  });
}

test.run();
