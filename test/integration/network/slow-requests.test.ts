import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OpenConnections } from '../../../src/presentation/transport/http/connections/open-connections.ts';
import type { HttpExchange } from '../../../src/presentation/transport/http/http-exchange.ts';
import { HttpTransport, type Slowness } from '../../../src/presentation/transport/http/http-transport.ts';
import { readBody } from '../../../src/presentation/transport/http/receiving/read-body.ts';

const test = suite('network: slow requests');

/** Milliseconds that Node.js would wait by itself, at least. */
const NODES_OWN_MS = 30_000;

const echo = {
  async handle({ request, response }: HttpExchange) {
    const body = await readBody(request, 1000);
    if ('collected' in body) response.end(body.collected.takeText().text);
  },
};

const transports: HttpTransport[] = [];
test.after(async () => {
  const now = Promise.resolve();
  for (const transport of transports) await transport.close({ drain: now, exit: now });
});

/** @returns the port */
async function serve(slowness: Slowness): Promise<number> {
  const transport = new HttpTransport({
    host: '127.0.0.1',
    port: 0,
    allowed: { hosts: ['localhost'], origins: [] },
    endpoints: new Map([['/echo', echo]]),
    upgrades: new Map(),
    connections: new OpenConnections(),
    slowness,
    onRefused: () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  transports.push(transport);
  return (await transport.listen()).port;
}

/** The server's answer when it has closed the connection. */
async function said(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  const limit = new AbortController();
  let heard = '';
  socket.on('data', (more: string) => {
    heard += more;
  });
  socket.write(text);
  const tooLong = wait(NODES_OWN_MS, 'still open', { signal: limit.signal });
  const outcome = await Promise.race([once(socket, 'close').then(() => heard), tooLong]);
  limit.abort();
  tooLong.catch(() => undefined);
  socket.destroy();
  return outcome;
}

const head = 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n';

test('the server closes a connection whose request does not get to the end of its head', async () => {
  const port = await serve({ head: 200, whole: 10 * NODES_OWN_MS, check: 50 });
  assert.match(await said(port, head), /^HTTP\/1\.1 408 /);
});

test('the server closes a connection whose body does not come', async () => {
  const port = await serve({ head: 200, whole: 400, check: 50 });
  assert.match(await said(port, `${head}\r\nab`), /^HTTP\/1\.1 408 /);
});

test('the server serves who is in time', async () => {
  const port = await serve({ head: 200, whole: 400, check: 50 });
  assert.match(await said(port, `${head}Connection: close\r\n\r\nabcd`), /^HTTP\/1\.1 200 .*abcd$/s);
});

test.run();
