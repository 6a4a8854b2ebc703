import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withOwnState } from '../support/own-state.ts';
import { modernMeta, type ServerKind, serverCommand } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('A reader that has gone');
test.after(killStartedServers);

for (const kind of ['binary', 'bundle', 'fixture'] as const) {
  test(`${kind}, at rest: the next answer ends it with 0, without a word`, async () => {
    const server = startServer(kind);
    await server.initialize();
    server.child.stdout.destroy();
    server.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
    assert.equal(await server.exit(), cleanExit);
    assert.is(server.stderr, '');
  });

  test(`${kind}, with megabytes unread`, async () => {
    const server = startServer(kind, { unread: true });
    for (let id = 1; id <= 20; id++) server.send(bigEcho(id));
    await new Promise((resolve) => server.child.stdout.once('readable', resolve));
    server.child.stdout.destroy();
    assert.equal(await server.exit(), cleanExit);
    assert.is(server.stderr, '');
  });

  test(`${kind}, at the end of a pipe of a shell`, async () => {
    assert.equal(await pipedInto('head -c 10', kind), { code: '0', stderr: '' });
  });
}

test('work under way is ended at once: there is nobody to answer', async () => {
  const server = startServer('fixture', { env: { FIXTURE: '{"shutdownTimeout":3600}' } });
  await server.initialize();
  const call = { name: 'slow', arguments: { ms: 60_000 } };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call });
  await server.request(2, 'ping');
  server.child.stdout.destroy();
  server.send({ jsonrpc: '2.0', id: 3, method: 'ping' });
  assert.equal(await server.exit(), cleanExit);
  assert.is(server.stderr, '');
});

test('both sides gone at once', async () => {
  const server = startServer('binary');
  await server.initialize();
  server.child.stdout.destroy();
  server.child.stdin.destroy();
  assert.equal(await server.exit(), cleanExit);
  assert.is(server.stderr, '');
});

test.run();

function bigEcho(id: number) {
  const params = {
    name: 'echo',
    arguments: { message: 'x'.repeat(1_000_000) },
    _meta: modernMeta(),
  };
  return { jsonrpc: '2.0', id, method: 'tools/call', params };
}

/** The end of a server that writes into a command of a shell and whose input stays open. */
async function pipedInto(reader: string, kind: ServerKind) {
  const { command, args } = serverCommand(kind);
  const script = `{ "$@" 2>&4; echo $? >&3; } | ${reader}`;
  const child = spawn('/bin/sh', ['-c', script, 'sh', command, ...args], {
    env: { PATH: process.env['PATH'], ...withOwnState({}) },
    stdio: ['pipe', 'ignore', 'inherit', 'pipe', 'pipe'],
  });
  const [stdin, , , code, stderr] = child.stdio as [NodeJS.WritableStream, ...NodeJS.ReadableStream[]];
  stdin.on('error', () => undefined);
  for (let id = 1; id <= 20; id++) stdin.write(`${JSON.stringify(bigEcho(id))}\n`);
  const texts = await Promise.all([code, stderr].map((stream) => text(stream as NodeJS.ReadableStream)));
  return { code: texts[0]?.trim(), stderr: texts[1] };
}
