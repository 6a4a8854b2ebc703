import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf } from '../../support/in-memory-connection.ts';
import type { Frame } from '../../support/server-process.ts';

const test = suite('engine: what a call tells before its answer');

const told = (connection: InMemoryConnection, method: string): Frame[] =>
  connection.frames.filter((frame) => frame.method === method);

async function open(): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection();
  await connection.initialize();
  await connection.request('ready', 'tools/list');
  return connection;
}

for (const [name, args, order] of [
  ['progress', { steps: 3 }, [1, 2, 3, 'answer']],
  ['log', {}, ['info', 'error', 'answer']],
] as const) {
  test(`what "${name}" tells of its call comes before the answer`, async () => {
    const connection = await open();
    const begin = connection.frames.length;
    await connection.request('answer', 'tools/call', { name, arguments: args, _meta: { progressToken: 0 } });
    assert.equal(
      connection.frames.slice(begin).map((frame) => frame.id ?? frame.params.progress ?? frame.params.level),
      order,
    );
  });
}

test('modern: log messages only for the request that wants them', async () => {
  const connection = new InMemoryConnection();
  const log = { name: 'log', arguments: {} };
  connection.send(
    modernRequestOf(1, 'tools/call', log),
    modernRequestOf(2, 'tools/call', log, { logLevel: 'debug' }),
  );
  await connection.answer(2);
  const levels = told(connection, 'notifications/message').map(({ params }) => params.level);
  assert.equal(levels, ['debug', 'info', 'error']);
});

test('legacy: the level that the client set counts from then on', async () => {
  const connection = await open();
  const log = (id: number) => connection.request(id, 'tools/call', { name: 'log', arguments: {} });
  assert.is((await connection.request(1, 'logging/setLevel', { level: 'loud' })).error.code, -32602);
  for (const [id, level] of [
    [2, 'error'],
    [4, 'debug'],
  ] as const) {
    assert.equal((await connection.request(id, 'logging/setLevel', { level })).result, {});
    await log(id + 1);
  }
  const levels = told(connection, 'notifications/message').map(({ params }) => params.level);
  assert.equal(levels, ['error', 'debug', 'info', 'error']);
});

test.run();
