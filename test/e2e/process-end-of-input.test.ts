import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernMeta } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('End of input');
test.after(killStartedServers);

for (const kind of ['binary', 'bundle', 'fixture'] as const) {
  test(`the ${kind} ends with 0, without a word, having heard nothing`, async () => {
    const server = startServer(kind);
    server.write('\n \n');
    assert.equal(await server.close(), cleanExit);
    assert.equal(server.frames, []);
    assert.is(server.stderr, '');
  });

  test(`the ${kind} ends with 0 after a session`, async () => {
    const server = startServer(kind);
    await server.initialize();
    assert.equal(await server.close(), cleanExit);
    assert.is(server.stderr, '');
  });

  test(`the ${kind} answers all that came before, the last line without its end too`, async () => {
    const server = startServer(kind);
    await server.initialize();
    for (let id = 1; id <= 99; id++) {
      const params = { name: 'echo', arguments: { message: 'x'.repeat(10_000) } };
      server.send({ jsonrpc: '2.0', id, method: 'tools/call', params });
    }
    server.write('{"jsonrpc":"2.0","id":100,"method":"ping"}');
    assert.equal(await server.close(), cleanExit);
    const ids = new Set(server.frames.map(({ id }) => id));
    for (let id = 1; id <= 100; id++) assert.ok(ids.has(id), `no answer to ${id}`);
  });
}

test('100 calls that are under way are answered', async () => {
  const server = startServer('fixture');
  await server.initialize();
  for (let id = 1; id <= 100; id++) {
    const params = { name: 'slow', arguments: { ms: 100 + id } };
    server.send({ jsonrpc: '2.0', id, method: 'tools/call', params });
  }
  assert.equal(await server.close(), cleanExit);
  assert.is(server.frames.filter(({ result }) => result?.content?.[0].text.startsWith('slept')).length, 100);
});

test('a signal after the end of input doesn’t begin the stop anew', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'end-of-input-')));
  try {
    const server = startServer('bundle', { args: ['serve', '--debug', '--allow', folder] });
    await server.initialize();
    const call = { name: 'execute_command', arguments: { command: 'until [ -e go ]; do sleep 0.01; done' } };
    server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call });
    server.end();
    while (!server.stderr.includes('Stopping')) await once(server.child.stderr, 'data');
    server.child.kill('SIGTERM');
    writeFileSync(join(folder, 'go'), '');
    assert.equal(await server.exit(), cleanExit);
    assert.is((await server.answer(1)).result.structuredContent.exit_code, 0);
    assert.is(server.stderr.match(/Stopping/g)?.length, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a call that outlasts the grace is not answered, and logs nothing alarming', async () => {
  const server = startServer('fixture', { env: { FIXTURE: '{"shutdownTimeout":0.1}' } });
  await server.initialize();
  const call = { name: 'slow', arguments: { ms: 60_000 } };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call });
  assert.equal(await server.close(), cleanExit);
  assert.not.ok(server.frames.some(({ id }) => id === 1));
  assert.is(server.stderr, '');
});

test('a question to the client is given up: nobody is left to answer it', async () => {
  const server = startServer('fixture', { env: { FIXTURE: '{"shutdownTimeout":3600}' } });
  await server.initialize('2025-11-25', { elicitation: {} });
  const call = { name: 'ask_name', arguments: {} };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call });
  await server.until(({ method }) => method === 'elicitation/create');
  assert.equal(await server.close(), cleanExit);
  const { result } = await server.answer(1);
  assert.is(result.isError, true);
  assert.match(result.content[0].text, 'The client has closed its side');
  assert.is(server.stderr, '');
});

test('a subscription ends with its result', async () => {
  const server = startServer('fixture');
  const params = { notifications: { toolsListChanged: true }, _meta: modernMeta() };
  server.send({ jsonrpc: '2.0', id: 'sub', method: 'subscriptions/listen', params });
  await server.until(({ method }) => method === 'notifications/subscriptions/acknowledged');
  assert.equal(await server.close(), cleanExit);
  assert.is((await server.answer('sub')).result.resultType, 'complete');
});

test('the legacy method `shutdown` is answered and ends the process, the input still open', async () => {
  const server = startServer('fixture');
  await server.initialize();
  assert.equal((await server.request('bye', 'shutdown')).result, {});
  assert.equal(await server.exit(), cleanExit);
});

for (const kind of ['binary', 'bundle'] as const)
  test(`the ${kind} sees the end of its input though nobody reads its answers`, async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-unread-')));
    writeFileSync(join(folder, 'long'), 'x\n'.repeat(80_000));
    const server = startServer(kind, { args: ['serve', '--allow', folder], unread: true });
    const params = { name: 'read_file', arguments: { path: 'long', limit: 80_000 }, _meta: modernMeta() };
    for (let id = 1; id <= 60; id++) server.send({ jsonrpc: '2.0', id, method: 'tools/call', params });
    await new Promise((resolve) => server.child.stdout.once('readable', resolve));
    server.end();
    const [code] = await once(server.child, 'exit');
    assert.is(code, 0);
    rmSync(folder, { recursive: true });
  });

test.run();
