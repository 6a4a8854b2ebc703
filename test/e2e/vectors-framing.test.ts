// deadline: 400
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  error,
  expectAlive,
  expectEnd,
  product,
  request,
  result,
  testExchange,
  testScenario,
} from '../support/vectors.ts';

const test = suite('Vectors: framing');

const session = '2025-11-25';
const ping = (id: number) => request(id, 'ping');
const echo = (id: number, message: string) =>
  request(id, 'tools/call', { name: 'echo', arguments: { message } });

testExchange(test, {
  vector: 8,
  what: 'text that is no JSON',
  on: product,
  session,
  sent: ['this is not json', '{"jsonrpc":"2.0","id":5,"method":"ping"'],
  answered: [error(-32700), error(-32700)],
});

testScenario(test, { vector: 9, what: 'JSON over three lines', on: product }, async (server) => {
  await server.initialize();
  server.write('{\n"jsonrpc":"2.0","id":1,"method":"ping"\n}\n');
  await expectAlive(server);
  await expectEnd(server);
  const errors = server.frames.filter((frame) => frame.error);
  assert.equal(
    errors.map((frame) => [frame.id, frame.error.code]),
    [1, 2, 3].map(() => [undefined, -32700]),
  );
  assert.is(server.stderr.match(/Refused a message/g)?.length, 1, 'one line a second tells of it');
});

testExchange(test, {
  vector: 10,
  what: 'two messages on one line',
  on: product,
  session,
  sent: [`${JSON.stringify(ping(1))}${JSON.stringify(ping(2))}`],
  answered: [error(-32700)],
});

testExchange(test, {
  vector: 11,
  what: 'CRLF, an empty line and one of blanks',
  on: product,
  session,
  sent: [`${JSON.stringify(ping(1))}\r`, '', '\r', '   '],
  answered: [result(1, {})],
});

testExchange(test, {
  vector: 12,
  what: 'a byte order mark before initialize',
  on: product,
  sent: [
    `\ufeff${JSON.stringify(request(1, 'initialize', { protocolVersion: session, capabilities: {}, clientInfo: { name: 'n', version: '1' } }))}`,
  ],
  answered: [result(1, { protocolVersion: session, '…': '…' })],
});

testScenario(
  test,
  { vector: 13, what: 'a last line without its end, then the end of input', on: product },
  async (server) => {
    await server.initialize();
    server.write(JSON.stringify(ping(1)));
    await expectEnd(server);
    assert.equal(server.frames.at(-1), { jsonrpc: '2.0', id: 1, result: {} });
  },
);

testScenario(
  test,
  { vector: 37, what: 'a byte at a time, through characters of 2, 3 and 4 bytes', on: product },
  async (server) => {
    await server.initialize();
    for (const byte of Buffer.from(`${JSON.stringify(echo(1, 'é € 😀'))}\n`)) {
      server.write(Uint8Array.of(byte));
      await new Promise((sent) => setImmediate(sent));
    }
    assert.is((await server.answer(1)).result.content[0].text, 'Echo: é € 😀');
    await expectEnd(server);
  },
);

const [before, after] = JSON.stringify(echo(1, '|')).split('|') as [string, string];

testExchange(test, {
  vector: 38,
  what: 'bytes that are no UTF-8, within a string',
  on: product,
  session,
  sent: [Buffer.concat([Buffer.from(before), Buffer.of(0xff, 0xfe), Buffer.from(after)])],
  // Strict: with U+FFFD in their place, a file would be written that nobody asked for.
  answered: [error(-32602, 1, { code: 'json.not-utf-8' })],
});

testScenario(test, { vector: 39, what: 'a lone surrogate', on: product }, async (server) => {
  await server.initialize();
  server.write(`${before}\\ud800${after}\n`);
  await server.answer(1);
  await expectEnd(server);
  assert.ok(server.lines.at(-1)?.includes('Echo: \\ud800'), 'it comes out escaped: the line is valid UTF-8');
});

testScenario(
  test,
  { vector: 40, what: 'line ends of every kind, and NUL, within a string', on: product },
  async (server) => {
    await server.initialize();
    const odd = 'a\u2028b\u2029c\nd\re\0f\x85';
    server.send(echo(1, odd));
    assert.is((await server.answer(1)).result.content[0].text, `Echo: ${odd}`);
    await expectEnd(server);
    assert.is(server.lines.length, 2);
    assert.ok(server.lines.every((line) => !line.includes('\r')));
  },
);

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const deepPing = (id: number, depth: number) =>
  `{"jsonrpc":"2.0","id":${id},"method":"ping","params":{"deep":${nested(depth)}}}`;

testExchange(test, {
  vector: 41,
  what: 'nesting, 5,000 and 200,000 deep, within a message and as one',
  on: product,
  session,
  sent: [deepPing(1, 100), deepPing(2, 5_000), deepPing(3, 200_000), nested(200_000)],
  answered: [result(1, {}), error(-32602, 2), error(-32602, 3), error(-32600)],
});

/** The official clients close the connection on a longer line. */
const LONGEST_ANSWER = 10 * 1024 * 1024;

testScenario(
  test,
  { vector: 42, what: 'an echo of 9 MB, and of 16 and 20 MB', on: product },
  async (server) => {
    await server.initialize();
    server.send(echo(1, 'x'.repeat(9_000_000)));
    assert.is((await server.answer(1)).result.content[0].text.length, 'Echo: '.length + 9_000_000);
    for (const megabytes of [16, 20]) {
      server.send(echo(megabytes, 'x'.repeat(megabytes * 1_000_000)));
      const { result: refusal } = await server.answer(megabytes);
      assert.is(refusal.isError, true);
      assert.match(refusal.content[0].text, 'more than clients take in one message');
    }
    await expectAlive(server);
    await expectEnd(server);
  },
);

for (const [what, unit, bytes] of [
  ['ASCII', 'x', 1],
  ['characters of 3 bytes', '€', 3],
  ['characters that JSON escapes', '\u0001', 6],
] as const) {
  testScenario(
    test,
    { vector: 42, what: `no line reaches 10 MiB: around the limit, ${what}`, on: product },
    async (server) => {
      await server.initialize();
      for (const [id, room] of [10_000, 1_000, 100, 10, 0, -1_000].entries()) {
        server.send(echo(id, unit.repeat((LONGEST_ANSWER - room) / bytes)));
        await server.answer(id);
      }
      await expectEnd(server);
      const lengths = server.lines.map((line) => Buffer.byteLength(line) + 1);
      assert.ok(Math.max(...lengths) < LONGEST_ANSWER, `${Math.max(...lengths)} bytes`);
      assert.ok(Math.max(...lengths) > LONGEST_ANSWER - 20_000, 'the longest echo that fits is not refused');
    },
  );
}

test.run();
