import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, requestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: limits');

test('a line that is too long is refused, and the next one read', async () => {
  const connection = new InMemoryConnection({ maxMessageBytes: 1000 });
  connection.write(`${'x'.repeat(600)}`);
  connection.write(`${'x'.repeat(600)}\n`);
  connection.send(requestOf(1, 'ping'));
  await connection.answer(1);
  const [refusal] = connection.frames;
  assert.equal([refusal.error.code, 'id' in refusal], [-32600, false]);
});

test('bytes, blank lines and ends of lines are read as they come', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  const line = JSON.stringify(
    requestOf(1, 'tools/call', { name: 'echo', arguments: { message: 'é€😀\u2028' } }),
  );
  connection.write('\r\n  \n\n');
  for (const character of `${line}\r\n`) connection.write(character);
  assert.is((await connection.answer(1)).result.content[0].text, 'Echo: é€😀\u2028');
});

for (const bytes of [0, 1, 1000, 9 * 1024 * 1024]) {
  test(`${bytes} bytes go there and back`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    const message = 'x'.repeat(bytes);
    const { result } = await connection.request(1, 'tools/call', { name: 'echo', arguments: { message } });
    assert.is(result.content[0].text.length, bytes + 'Echo: '.length);
  });
}

for (const [what, request] of [
  ['a result', requestOf(1, 'tools/call', { name: 'echo', arguments: { message: 'x'.repeat(3000) } })],
  ['an error', requestOf(1, 'resources/read', { uri: `test://${'x'.repeat(3000)}` })],
  ['a refusal', { jsonrpc: '1.0', id: 1, method: 'ping' }],
] as const) {
  test(`no answer is longer than clients take: ${what}`, async () => {
    const connection = new InMemoryConnection({ maxFrameBytes: 2000 });
    await connection.initialize();
    connection.send(request);
    const { error } = await connection.answer(1);
    assert.ok(Buffer.byteLength(JSON.stringify(error)) < 2000);
  });
}

test('an id may be long, but not too long to be echoed', async () => {
  const connection = new InMemoryConnection({ maxFrameBytes: 2000 });
  assert.ok((await connection.request('x'.repeat(1500), 'ping')).result);
  connection.send(requestOf('x'.repeat(3000), 'ping'));
  const { error } = await connection.until((frame) => frame.error && !('id' in frame), 'a refusal');
  assert.is(error.data.code, 'answer.too-long');
});

test('a thousand messages in one chunk are a thousand answers', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize();
  connection.send(...Array.from({ length: 1000 }, (_, n) => requestOf(n, 'ping')));
  await connection.answer(999);
  assert.equal(
    connection.frames.slice(1).map(({ id }) => id),
    Array.from({ length: 1000 }, (_, n) => n),
  );
});

test.run();
