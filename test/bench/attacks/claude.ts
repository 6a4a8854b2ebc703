import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { HttpConnection } from '../network/http-connection.ts';
import { modernPost } from '../network/messages.ts';
import type { Running } from '../network/servers.ts';
import type { Attack } from './attack.ts';

const MOST_BYTES = 200 * 1024 * 1024;
const PATIENCE_MS = 15_000;
const SPACES = Buffer.alloc(64 * 1024, ' ');

/** Writes that again and again, until it is much or nobody reads. */
function flood(to: NodeJS.WritableStream, piece: Buffer | string): void {
  let sent = 0;
  const write = () => {
    for (let hasRoom = true; hasRoom && sent < MOST_BYTES; sent += piece.length)
      hasRoom = to.write(piece) === true;
    if (sent >= MOST_BYTES) to.end();
  };
  to.on('drain', write).on('error', () => undefined);
  write();
}

function compressed(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  const gzip = createGzip();
  gzip.pipe(response);
  response.on('close', () => gzip.destroy());
  flood(gzip, SPACES);
}

function refusal(response: ServerResponse): void {
  response.writeHead(500, { 'content-type': 'application/json' });
  flood(response, SPACES);
}

function deltas(response: ServerResponse): void {
  const event = (type: string, more: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    usage,
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(event('message_start', { message }));
  response.write(event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }));
  flood(
    response,
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'word ' } }).repeat(100),
  );
}

let reply: (response: ServerResponse) => void = refusal;
const api = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url === '/v1/messages?beta=true' || request.url === '/v1/messages') reply(response);
    else response.writeHead(404).end();
  });
});
await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
api.unref();

const env = {
  ANTHROPIC_API_KEY: 'sk-ant-bench',
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
  TELEMETRYFLOW_MCP_CLAUDE_MAX_RETRIES: '0',
};

function answering(with_: typeof reply) {
  return async ({ port }: Running): Promise<void> => {
    reply = with_;
    const connection = await HttpConnection.open(port);
    const params = { name: 'claude_conversation', arguments: { message: 'Hello' } };
    const answered = connection.request(modernPost(1, 'tools/call', params, 'claude_conversation'));
    await Promise.race([answered, wait(PATIENCE_MS)]);
    connection.close();
  };
}

export const claudeAttacks: readonly Attack[] = [
  { what: 'Claude API: an error of 200 MB', env, run: answering(refusal) },
  { what: 'Claude API: 200 MB that were compressed', env, run: answering(compressed) },
  { what: 'Claude API: 200 MB of deltas', env, run: answering(deltas) },
];
