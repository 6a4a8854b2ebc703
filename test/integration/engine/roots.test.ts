import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { defineTool } from '../../../src/application/tools/define/define-tool.ts';
import { textResult } from '../../../src/domain/tool/tool-result.ts';
import {
  InMemoryConnection,
  initializeParams,
  modernRequestOf,
  requestOf,
} from '../../support/in-memory-connection.ts';

const test = suite('engine: the client’s roots');

const whereTool = defineTool({
  name: 'where',
  title: 'Where',
  description: 'Tells the roots.',
  category: 'utility',
  tags: [],
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: v.strictObject({}),
  handle: async (_, context) => textResult(JSON.stringify((await context.roots()) ?? 'unknown')),
});

const where = (id: string | number) => requestOf(id, 'tools/call', { name: 'where', arguments: {} });
const surface = () => ({ tools: [whereTool], resources: [], prompts: [] });
const ask = { roots: { listChanged: true } };
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const changed = { jsonrpc: '2.0', method: 'notifications/roots/list_changed' };

/** A connection whose client has declared these capabilities, and confirmed. */
async function open(capabilities: object = ask, usesRoots = true): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection({ surface, usesRoots });
  await connection.initialize('2025-11-25', capabilities);
  return connection;
}

/** The client's answer to the question of this id. */
const answer = (id: unknown, ...uris: readonly string[]) => ({
  jsonrpc: '2.0',
  id,
  result: { roots: uris.map((uri) => ({ uri })) },
});

const told = async (connection: InMemoryConnection, id: string | number) =>
  JSON.parse((await connection.answer(id)).result.content[0].text);

const questions = ({ frames }: InMemoryConnection) => frames.filter(({ method }) => method === 'roots/list');

test('are asked for once the session is ready, and a call waits for them', async () => {
  const connection = new InMemoryConnection({ surface, usesRoots: true });
  await connection.request(1, 'initialize', initializeParams('2025-11-25', ask));
  await connection.request(2, 'ping');
  assert.equal(questions(connection), [], 'not before');
  connection.send(initialized, where(3));
  const { id } = await connection.told('roots/list');
  connection.send(answer(id, 'file:///home', 'file:///work'));
  assert.equal(await told(connection, 3), ['file:///home', 'file:///work']);
  connection.send(where(4));
  assert.equal(await told(connection, 4), ['file:///home', 'file:///work']);
  assert.is(questions(connection).length, 1, 'once');
});

test('are asked for anew when the client says that they have changed', async () => {
  const connection = await open();
  connection.send(answer((await connection.told('roots/list')).id, 'file:///old'));
  connection.send(where(1));
  assert.equal(await told(connection, 1), ['file:///old']);
  connection.send(changed, where(2));
  const { id } = await connection.until((frame) => frame.method === 'roots/list' && frame.id !== 's1');
  connection.send(answer(id, 'file:///new'));
  assert.equal(await told(connection, 2), ['file:///new']);
});

const nothing = [
  ['an error', { error: { code: -32603, message: 'No' } }, 'No'],
  ['something else', { result: { roots: 'everywhere' } }, 'Its answer has no roots'],
  ['none', { result: { roots: [] } }, 'It has none'],
] as const;

for (const [what, given, reason] of nothing) {
  test(`are as if none were offered when the client answers with ${what}, which is logged`, async () => {
    const connection = await open();
    const { id } = await connection.told('roots/list');
    connection.send({ jsonrpc: '2.0', id, ...given }, where(1));
    assert.is(await told(connection, 1), 'unknown');
    const [record, ...more] = connection.log.records;
    assert.equal([record?.level, more], ['warn', []]);
    assert.match(record?.message ?? '', 'as if it offered none');
    assert.match(String(record?.fields['reason']), reason);
  });

  test(`allow nothing when they were told and the client now answers with ${what}`, async () => {
    const connection = await open();
    connection.send(answer((await connection.told('roots/list')).id, 'file:///old'));
    connection.send(where(1));
    assert.equal(await told(connection, 1), ['file:///old']);
    connection.send(changed, where(2));
    const { id } = await connection.until((frame) => frame.method === 'roots/list' && frame.id !== 's1');
    connection.send({ jsonrpc: '2.0', id, ...given });
    assert.equal(await told(connection, 2), []);
  });
}

test('count once they are told, though there were none before', async () => {
  const connection = await open();
  connection.send(answer((await connection.told('roots/list')).id), where(1));
  assert.is(await told(connection, 1), 'unknown');
  connection.send(changed, where(2));
  const { id } = await connection.until((frame) => frame.method === 'roots/list' && frame.id !== 's1');
  connection.send(answer(id, 'file:///new'));
  assert.equal(await told(connection, 2), ['file:///new']);
});

for (const [what, capabilities, usesRoots] of [
  ['a client that has none', {}, true],
  ['a client where they don’t matter', ask, false],
] as const) {
  test(`are not asked of ${what}`, async () => {
    const connection = await open(capabilities, usesRoots);
    connection.send(changed, where(1));
    assert.is(await told(connection, 1), 'unknown');
    assert.equal(questions(connection), []);
  });
}

test('are unknown in the modern era', async () => {
  const connection = new InMemoryConnection({ surface, usesRoots: true });
  const call = { name: 'where', arguments: {} };
  connection.send(modernRequestOf(1, 'tools/call', call, { capabilities: ask }));
  assert.is(await told(connection, 1), 'unknown');
});

test('are given up with the connection', async () => {
  const connection = await open();
  await connection.told('roots/list');
  connection.send(where(1));
  await connection.close(new Promise(() => undefined));
  assert.is(await told(connection, 1), 'unknown');
});

test.run();
