import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import { serverCommand } from '../support/server-process.ts';
import { SseClient } from '../support/sse-client.ts';
import { until } from '../support/until.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: stop');
test.after(killNetworkServers);
test.after(killProductServers);

const slow = (ms: number) => ({ name: 'slow', arguments: { ms } });
const slept = (ms: number) => [{ type: 'text', text: `slept ${ms}` }];

/** Begins to stop, and resolves once the server takes no more. */
async function beginToStop(server: NetworkServer): Promise<void> {
  server.process.child.kill('SIGTERM');
  const prober = new HttpClient(server.port);
  while ((await prober.ask({ method: 'GET', path: '/readyz' })).status !== 503);
}

test('finishes what runs, and refuses what is new, on every transport', async () => {
  const server = await NetworkServer.start();
  const client = new HttpClient(server.port, true);
  const session = await HttpSession.open(client);
  const sse = await SseClient.open(server.port);
  const socket = await WebSocketClient.open(server.port);
  const running = [
    session.call(1, 'slow', { ms: 700 }).then((answer) => answer.json()),
    client.modern('tools/call', slow(700)).then((answer) => answer.json()),
    sse.request(1, 'tools/call', slow(700)),
    socket.request(1, 'tools/call', slow(700)),
  ];
  await client.ask({ method: 'GET', path: '/livez' });
  await beginToStop(server);

  for (const refused of [
    await session.request(2, 'ping'),
    await client.modern('tools/list'),
    await sse.post({}),
    await new HttpClient(server.port).ask({}),
  ]) {
    assert.is(refused.status, 503);
    assert.is(refused.headers['retry-after'], '5');
    assert.is(refused.headers.connection, 'close');
    assert.is((await refused.json()).error.code, -32600);
  }
  const late = new WebSocketClient(server.port);
  assert.is((await late.closed).code, 1006);
  socket.send({ jsonrpc: '2.0', id: 2, method: 'ping' });
  assert.is((await client.ask({ method: 'GET', path: '/livez' })).status, 200, 'it is alive');

  for (const answer of await Promise.all(running)) assert.equal(answer.result.content, slept(700));
  assert.equal(await socket.closed, { code: 1001, reason: 'The server is stopping' });
  assert.not(socket.frames.some(({ id }) => id === 2));
  assert.is(await sse.stream.ended, 'whole');
  assert.equal(await server.process.exit(), { code: 0, signal: null });
});

for (const [how, start] of [
  ['nohup', ['nohup']],
  ['a parent that ignores it', ['sh', '-c', 'trap "" HUP; "$@" & wait; wait', 'sh']],
] as const) {
  test(`a SIGHUP that ${how} has the server ignore ends nothing`, async () => {
    const { command, args } = serverCommand('binary');
    const [program, ...first] = start;
    const words = [...first, command, ...args, 'serve', '--transport', 'http', '--port', '0'];
    // As a shell exports it.
    const env = { PATH: process.env['PATH'], _: `/usr/bin/${program}` };
    const child = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const group = -(child.pid ?? 0);
    try {
      let log = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
      const portOf = () => /"port":(\d+)/.exec(log)?.[1];
      await until(() => portOf() !== undefined);
      process.kill(group, 'SIGHUP');
      assert.is((await new HttpClient(Number(portOf())).modern('tools/list')).status, 200);
      process.kill(group, 'SIGTERM');
      await until(() => /"message":"Stopped".*"reason":"SIGTERM"/.test(log));
      assert.not.match(log, 'SIGHUP');
    } finally {
      if (child.exitCode === null && child.signalCode === null) process.kill(group, 'SIGKILL');
    }
  });
}

test('the server ends at SIGHUP else, and logs that it has stopped and why', async () => {
  const { process: server } = await startProduct();
  server.child.kill('SIGHUP');
  assert.equal(await server.exit(), { code: 0, signal: null });
  assert.match(server.stderr, /"url":"http:\/\/127\.0\.0\.1:\d+\/mcp http:.*\/sse ws:.*\/ws"/);
  assert.match(server.stderr, /"message":"Stopped".*"reason":"SIGHUP"/);
});

test('the server warns as process 1 of programs that nobody waits for', () => {
  const { command } = serverCommand('binary');
  const unshared = spawnSync('unshare', ['--pid', '--fork', '--user', '--map-root-user', command, 'serve'], {
    input: '',
    encoding: 'utf8',
  });
  if (unshared.error !== undefined || /unshare/.test(unshared.stderr)) return; // not here
  assert.match(unshared.stderr, /^warning: This is process 1, .*"--init"/);
});

test('the server ends streams properly, listening ones with their result', async () => {
  const server = await NetworkServer.start();
  const client = new HttpClient(server.port, true);
  const stream = await (await HttpSession.open(client)).listen();
  const listening = await client.modern('subscriptions/listen', {
    notifications: { toolsListChanged: true },
  });
  await listening.until(({ method }) => method === 'notifications/subscriptions/acknowledged');
  await server.stop();
  assert.is(await stream.ended, 'whole');
  assert.is(await listening.ended, 'whole');
  assert.equal(
    listening.frames.slice(1).map(({ id, result }) => [id, result.resultType]),
    [[1, 'complete']],
  );
});

test('aborts what does not end in time', async () => {
  const server = await NetworkServer.start({ settings: { shutdownTimeout: 1 } });
  const client = new HttpClient(server.port);
  const session = await HttpSession.open(client);
  const stubborn = session.call(1, 'stubborn', { ms: 60_000 }).catch((error) => error.code);
  const obedient = session.call(2, 'slow', { ms: 60_000 });
  await client.ask({ method: 'GET', path: '/livez' });
  await server.stop();
  assert.is((await obedient).status, 202, 'cancelled: there is no answer');
  assert.is(await stubborn, 'ECONNRESET');
});

test('the server writes great answers to their ends for slow readers', async () => {
  const server = await NetworkServer.start();
  const session = await HttpSession.open(new HttpClient(server.port));
  const answer = await session.call(1, 'big', { bytes: 9_000_000 });
  answer.pause();
  const client = await WebSocketClient.open(server.port);
  const big = client.request(1, 'tools/call', { name: 'big', arguments: { bytes: 9_000_000 } });
  client.socket.pause();
  await session.request(2, 'ping');
  await beginToStop(server);
  answer.resume();
  assert.is((await answer.json()).result.content[0].text.length, 9_000_000);
  client.socket.resume();
  assert.is((await big).result.content[0].text.length, 9_000_000);
  assert.is((await client.closed).code, 1001);
  assert.equal(await server.process.exit(), { code: 0, signal: null });
});

test('the server writes an answer to its end also where nothing else is left', async () => {
  const server = await NetworkServer.start();
  const session = await HttpSession.open(new HttpClient(server.port));
  const answer = await session.call(1, 'big', { bytes: 9_000_000 });
  answer.pause();
  await beginToStop(server);
  answer.resume();
  assert.is((await answer.json()).result.content[0].text.length, 9_000_000);
  assert.equal(await server.process.exit(), { code: 0, signal: null });
});

test('the server is not held up by a client that does not read, nor by half a request', async () => {
  const server = await NetworkServer.start({ settings: { shutdownTimeout: 0.5 } });
  const session = await HttpSession.open(new HttpClient(server.port));
  const answer = await session.call(1, 'big', { bytes: 9_000_000 });
  answer.pause();
  const deaf = await WebSocketClient.open(server.port);
  deaf.socket.pause();
  await server.stop();
  answer.resume();
  deaf.socket.resume();
  assert.is(await answer.ended, 'broken');
  await deaf.closed;
});

test('the server ends thousands of open streams', async () => {
  const server = await NetworkServer.start({ network: { maxSessions: 2000 } });
  const client = new HttpClient(server.port);
  const sessions = await Promise.all(Array.from({ length: 1000 }, () => HttpSession.open(client)));
  const streams = await Promise.all([
    ...sessions.map((session) => session.listen()),
    ...sessions.map((_, id) =>
      client.modern('subscriptions/listen', { notifications: { toolsListChanged: true } }, { id }),
    ),
  ]);
  await server.stop();
  const ends = await Promise.all(streams.map((stream) => stream.ended));
  assert.is(ends.filter((end) => end === 'whole').length, 2000);
});

test.run();
