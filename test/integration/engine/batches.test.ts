import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';

const test = suite('engine: batches');

test('arrays come in where the revision agreed on has them', async () => {
  for (const [version, code] of [
    ['2024-11-05', undefined],
    ['2025-03-26', undefined],
    ['2025-06-18', -32600],
    ['2025-11-25', -32600],
  ] as const) {
    const connection = new InMemoryConnection();
    await connection.initialize(version);
    connection.send([requestOf(1, 'ping'), { jsonrpc: '2.0', method: 'x' }, requestOf(2, 'foo'), 1]);
    const frame = await connection.until((found) => Array.isArray(found) || found.error, 'an answer');
    if (code === undefined) {
      assert.equal(
        frame.map((one: { id?: unknown; error?: { code: number } }) => [one.id, one.error?.code]).sort(),
        [
          [1, undefined],
          [2, -32601],
          [undefined, -32600],
        ].sort(),
      );
    } else assert.equal([frame.error.code, 'id' in frame], [code, false]);
  }
});

for (const [what, batch] of [
  ['nothing was agreed on', [requestOf(1, 'ping')]],
  ['one of them is modern', [requestOf(1, 'ping'), modernRequestOf(2, 'tools/list')]],
] as const) {
  test(`an array is refused as one where ${what}`, async () => {
    const connection = new InMemoryConnection();
    if (batch.length > 1) await connection.initialize('2025-03-26');
    connection.send(batch);
    const { error } = await connection.until((frame) => frame.error, 'a refusal');
    assert.is(error.code, -32600);
    assert.not.ok(connection.frames.some(Array.isArray));
  });
}

test('initialize comes alone', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize('2025-03-26');
  connection.send([requestOf(1, 'initialize', initializeParams('2025-03-26'))]);
  const [answer] = await connection.until(Array.isArray, 'an array');
  assert.equal([answer.id, answer.error.code], [1, -32600]);
  assert.ok((await connection.request(2, 'tools/list')).result, 'the session is still there');
});

test.run();
