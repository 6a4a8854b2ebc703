import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { createGzip } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DomainError } from '../../../src/domain/shared/domain-error.ts';
import { AnthropicClaude } from '../../../src/infrastructure/claude/anthropic-claude.ts';
import { TEST_API_KEY } from '../../support/anthropic-request.ts';
import { refusalOf } from '../../support/failure.ts';

const test = suite('AnthropicClaude: answers that no API gives');

const MIB = 1024 * 1024;

/** Bytes that sockets and pipes hold and nobody has read. */
const UNDER_WAY = 12 * MIB;

type Reply = (response: ServerResponse) => void;

let reply: Reply = (response) => response.end();
/** Decompressed bytes that were handed to the connection. */
let sent = 0;
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume().on('end', () => reply(response));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
test.after(() => {
  server.closeAllConnections();
  server.close();
});

/** Writes that again and again, for as long as somebody reads. */
function forever(to: NodeJS.WritableStream, piece: string | Buffer): void {
  const write = () => {
    for (let room = true; room; ) {
      sent += piece.length;
      room = to.write(piece) === true;
    }
  };
  to.on('drain', write).on('error', () => undefined);
  write();
}

const EVENTS = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };
const event = (value: { type: string }) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const message = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-5-5',
  content: [],
  stop_reason: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};
const start = event({ type: 'message_start', message } as never);
const block = event({
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '' },
} as never);
const delta = event({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: 'x'.repeat(10) },
} as never);

function stream(before: string, piece: string): Reply {
  return (response) => {
    response.writeHead(200, EVENTS);
    response.write(before);
    forever(response, piece);
  };
}

function bomb(status: number, headers: Record<string, string>, piece: Buffer): Reply {
  return (response) => {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    response.on('close', () => gzip.destroy());
    forever(gzip, piece);
  };
}

function body(status: number, headers: Record<string, string>, piece: string): Reply {
  return (response) => {
    response.writeHead(status, headers);
    forever(response, piece);
  };
}

const ping = event({ type: 'ping' });
const zeros = Buffer.alloc(64 * 1024, ' ');
const LETTERS = 'x'.repeat(64 * 1024);

async function failure(maxTokens = 100, timeoutMs = 60_000): Promise<DomainError> {
  sent = 0;
  requests = 0;
  const claude = new AnthropicClaude({ apiKey: TEST_API_KEY, baseUrl, timeoutMs, maxRetries: 0 });
  const request = {
    model: 'claude-sonnet-5-5',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] as const,
    maxTokens,
  };
  return await refusalOf(
    claude.send(request, { signal: new AbortController().signal, onText: () => undefined }),
  );
}

/** The answer, the code of the failure, and the bytes of it that may be read. */
const endless: readonly (readonly [what: string, Reply, code: string, bytes: number])[] = [
  ['an error without an end', body(500, JSON_TYPE, LETTERS), 'claude.unavailable', MIB],
  ['a refusal without an end', body(400, JSON_TYPE, LETTERS), 'claude.invalid-request', MIB],
  ['an error that was compressed', bomb(529, JSON_TYPE, zeros), 'claude.overloaded', MIB],
  ['JSON without an end', body(200, JSON_TYPE, LETTERS), 'claude.answer-too-long', MIB],
  ['JSON that was compressed', bomb(200, JSON_TYPE, zeros), 'claude.answer-too-long', MIB],
  [
    'a page without an end',
    body(200, { 'content-type': 'text/html' }, LETTERS),
    'claude.answer-too-long',
    MIB,
  ],
  [
    'a redirect with a body without an end',
    body(307, { location: 'https://x.example' }, LETTERS),
    'claude.redirected',
    MIB,
  ],
  ['deltas without an end', stream(start + block, delta), 'claude.answer-too-long', 5 * MIB],
  [
    'events that were compressed',
    bomb(200, EVENTS, Buffer.from(ping.repeat(500))),
    'claude.answer-too-long',
    5 * MIB,
  ],
  ['blocks without an end', stream(start, block), 'claude.answer-too-long', 5 * MIB],
  ['pings without an end', stream(start, ping), 'claude.answer-too-long', 5 * MIB],
  ['comments without an end', stream('', ': nothing\n'), 'claude.answer-too-long', MIB],
  ['comments, each alone', stream('', ': nothing\n\n'), 'claude.answer-too-long', 5 * MIB],
  ['empty lines without an end', stream('', '\n'.repeat(1000)), 'claude.answer-too-long', 5 * MIB],
  ['one line without an end', stream(`${start}data: `, 'x'.repeat(1000)), 'claude.answer-too-long', MIB],
  ['one event of lines without an end', stream('event: ping\n', 'data: x\n'), 'claude.answer-too-long', MIB],
  ['one line in pieces of a byte', stream('data: ', 'x'), 'claude.answer-too-long', MIB],
];

for (const [what, how, code, bytes] of endless) {
  test(`the adapter ends ${what}`, async () => {
    reply = how;
    const error = await failure();
    assert.is(error.code, code, error.message);
    assert.not.match(error.message, TEST_API_KEY);
    assert.ok(sent <= bytes + UNDER_WAY, `${sent} bytes were taken`);
  });
}

test('a longer answer may have more', async () => {
  reply = stream(start + block, delta);
  await failure(10_000);
  const short = sent;
  assert.ok(short > 6 * MIB, `${short} bytes were taken`);
});

for (const [what, headers] of [
  ['one header', { 'x-long': 'x'.repeat(100_000) }],
  [
    'thousands of headers',
    Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, 'yyyyyyyyyy'])),
  ],
] as const) {
  test(`the adapter takes no answer with ${what} of 100 kB`, async () => {
    reply = (response) => response.writeHead(200, headers).end();
    assert.is((await failure()).code, 'claude.network');
  });
}

test('an answer that drips has the time of a call, and no more', async () => {
  reply = (response) => {
    response.writeHead(200, EVENTS);
    response.write(start + block);
    const timer = setInterval(() => response.write(delta), 20);
    response.on('close', () => clearInterval(timer));
  };
  assert.is((await failure(100, 400)).code, 'claude.timeout');
});

const elsewhere = createSocketServer((socket: Socket) => {
  reached += 1;
  socket.destroy();
});
let reached = 0;
await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
test.after(() => void elsewhere.close());

for (const status of [301, 302, 303, 307, 308]) {
  for (const [where, location, shown] of [
    ['another origin', `${other}/v1/messages?token=S3cret`, other],
    ['another origin, with a password', other.replace('//', '//user:S3cret@'), other],
    ['its own', '/v2/messages?token=S3cret', baseUrl],
    ['nowhere', 'http://', 'nowhere'],
  ] as const) {
    test(`the adapter follows no ${status} to ${where}`, async () => {
      reply = (response) => response.writeHead(status, { location }).end('{}');
      const { code, message: said } = await failure();
      assert.is(code, 'claude.redirected', said);
      assert.match(said, `redirects to "${shown}" (${status}), which is not followed: set "claude.base_url"`);
      assert.not.match(said, 'S3cret');
      assert.equal([requests, reached], [1, 0]);
    });
  }
}

for (const status of [300, 302, 304, 305, 306]) {
  test(`the adapter takes a ${status} that leads nowhere for no answer`, async () => {
    const headers = status === 302 ? {} : { location: other };
    reply = (response) => response.writeHead(status, headers).end();
    const { code, message: said } = await failure();
    if (status === 302) assert.is(code, 'claude.redirected', said);
    else {
      assert.is(code, 'claude.unavailable', said);
      assert.match(said, `got the status ${status}: check "claude.base_url"`);
    }
    assert.is(reached, 0);
  });
}

test.run();
