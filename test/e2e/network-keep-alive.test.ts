import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpAnswer, HttpClient, HttpSession } from '../support/http-client.ts';
import { killNetworkServers, NetworkServer } from '../support/network-server.ts';
import { SseClient } from '../support/sse-client.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: keep-alive');
test.after(killNetworkServers);

const comment = (answer: HttpAnswer) => answer.untilEvent(({ event }) => event === 'comment');

// The server's pace is 15 s, for all at once.
test('nothing that is open looks dead, and who does not answer a ping is given up', async () => {
  const server = await NetworkServer.start();
  const client = new HttpClient(server.port);
  const session = await HttpSession.open(client);
  const slow = { name: 'slow', arguments: { ms: 20_000 } };
  const call = session.request(1, 'tools/call', slow);
  const modernCall = client.modern('tools/call', slow);
  const quiet = await session.listen();
  const listening = await client.modern('subscriptions/listen', { notifications: {} });
  const sse = await SseClient.open(server.port);
  const socket = await WebSocketClient.open(server.port);
  const mute = await WebSocketClient.connect(server.port, { autoPong: false });

  await Promise.all([
    ...[call, modernCall].map(async (waiting) => {
      const answer = await waiting;
      assert.is(answer.headers['content-type'], 'text/event-stream', 'a long wait makes a stream of it');
      const { result } = await answer.until(({ id }) => id === 1);
      assert.is(result.content[0].text, 'slept 20000');
      await answer.ended;
    }),
    ...[quiet, listening, sse.stream].map(comment),
    once(socket.socket, 'ping'),
    mute.closed.then(({ code }) => assert.is(code, 1006)),
  ]);
  assert.equal((await socket.request(1, 'ping')).result, {}, 'who answered is still there');
  await server.stop();
});

test.run();
