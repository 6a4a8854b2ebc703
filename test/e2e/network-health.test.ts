import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HttpClient, HttpSession } from '../support/http-client.ts';
import { killProductServers, startProduct } from '../support/product-server.ts';
import type { Frame } from '../support/server-process.ts';
import { SseClient } from '../support/sse-client.ts';
import { WebSocketClient } from '../support/web-socket-client.ts';

const test = suite('network: health');
test.after(killProductServers);

const { port } = await startProduct();
const uri = 'status://health';

const asks: Readonly<Record<string, () => Promise<Frame>>> = {
  'a modern request': async () => (await new HttpClient(port).modern('resources/read', { uri })).json(),
  'a session over HTTP': async () => {
    const session = await HttpSession.open(new HttpClient(port));
    return (await session.request(1, 'resources/read', { uri })).json();
  },
  'HTTP+SSE': async () => (await SseClient.open(port)).request(1, 'resources/read', { uri }),
  'a WebSocket': async () => (await WebSocketClient.open(port)).request(1, 'resources/read', { uri }),
};

for (const [what, ask] of Object.entries(asks)) {
  test(`the health report counts what comes by ${what} among the requests in flight`, async () => {
    const { result } = await ask();
    assert.equal(JSON.parse(result.contents[0].text).requests, { in_flight: 1 });
  });
}

test.run();
