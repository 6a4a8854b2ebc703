import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernMeta, type ServerProcess } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

for (const kind of ['binary', 'bundle', 'fixture'] as const) {
  const test = suite(`Signals to the idle ${kind}`);
  test.after(killStartedServers);

  for (const signal of signals) {
    test(`${signal} ends it with 0, without a word`, async () => {
      const server = startServer(kind);
      await server.initialize();
      server.child.kill(signal);
      assert.equal(await server.exit(), cleanExit);
      assert.is(server.stderr, '');
      assert.is(server.frames.length, 1);
    });
  }

  test.run();
}

const busy = suite('Signals to a server at work');
busy.after(killStartedServers);

/** Calls that are under way when this resolves. */
async function callAll(server: ServerProcess, tool: string, all: readonly number[]): Promise<void> {
  await server.initialize();
  for (const ms of all) {
    const params = { name: tool, arguments: { ms } };
    server.send({ jsonrpc: '2.0', id: ms, method: 'tools/call', params });
  }
  await server.request('after', 'ping');
}

for (const signal of signals) {
  busy(`${signal}: what ends within the grace is answered, what doesn't is not`, async () => {
    const server = startServer('fixture');
    await callAll(server, 'slow', [300, 60_000]);
    server.child.kill(signal);
    assert.equal(await server.exit(), cleanExit);
    assert.equal((await server.answer(300)).result.content[0].text, 'slept 300');
    assert.not.ok(server.frames.some(({ id }) => id === 60_000));
  });
}

busy('a tool that does not listen delays the end by the grace at most', async () => {
  const server = startServer('fixture', { env: { FIXTURE: '{"shutdownTimeout":0.1}' } });
  await callAll(server, 'stubborn', [60_000]);
  server.child.kill('SIGTERM');
  assert.equal(await server.exit(), cleanExit);
  assert.not.ok(server.frames.some(({ id }) => id === 60_000));
});

busy('nothing new is taken on after the first signal', async () => {
  const server = startServer('fixture');
  await callAll(server, 'slow', [300]);
  await listen(server);
  server.child.kill('SIGTERM');
  await server.answer('listen');
  server.send({ jsonrpc: '2.0', id: 'late', method: 'ping' });
  assert.equal(await server.exit(), cleanExit);
  assert.ok(await server.answer(300));
  assert.not.ok(server.frames.some(({ id }) => id === 'late'));
});

for (const second of signals) {
  busy(`SIGTERM, then ${second}: the second ends it at once`, async () => {
    const server = startServer('fixture', { env: { FIXTURE: '{"shutdownTimeout":3600}' } });
    await callAll(server, 'stubborn', [3_600_000]);
    await listen(server);
    server.child.kill('SIGTERM');
    await server.answer('listen'); // the first signal has arrived
    server.child.kill(second);
    assert.equal(await server.exit(), cleanExit);
  });
}

/** Opens a subscription: its answer tells that the server has begun to stop. */
async function listen(server: ServerProcess): Promise<void> {
  const params = { notifications: { toolsListChanged: true }, _meta: modernMeta() };
  server.send({ jsonrpc: '2.0', id: 'listen', method: 'subscriptions/listen', params });
  await server.until(({ method }) => method === 'notifications/subscriptions/acknowledged');
}

busy.run();
