// Sends a server requests of somebody whom it does not know: `node send-flood.ts PORT`.
import { HttpConnection } from './http-connection.ts';
import { modernPost } from './messages.ts';

const REQUESTS = 20_000;
const CONNECTIONS = 128;

const port = Number(process.argv[2]);
const request = modernPost(1, 'tools/call', { name: 'echo', arguments: { message: 'let me in' } }, 'echo');
let sent = 0;

async function send(): Promise<void> {
  let connection = await HttpConnection.open(port);
  while (sent++ < REQUESTS) {
    const { status, head } = await connection.request(request);
    if (status !== 401 && status !== 429) throw new Error(`Expected 401 or 429, got ${status}`);
    if (!/\r\nconnection: close/i.test(head)) continue;
    connection.close();
    connection = await HttpConnection.open(port);
  }
  connection.close();
}

await Promise.all(Array.from({ length: CONNECTIONS }, send));
