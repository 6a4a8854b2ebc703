import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Grant } from '../../../src/domain/policy/scope.ts';
import { InMemoryConnection, modernRequestOf } from '../../support/in-memory-connection.ts';

/** Names that there aren't, and the one that the error names; undefined where none is near. */
const test = suite('engine: the nearest name');

const argument = { name: 'name', value: '' };

const mistyped: readonly (readonly [method: string, params: object, near: string | undefined])[] = [
  ['tools/call', { name: 'ech' }, 'echo'],
  ['tools/call', { name: 'Ask-Name' }, 'ask_name'],
  ['tools/call', { name: 'something_else' }, undefined],
  ['tools/call', { name: 'x'.repeat(100_000) }, undefined],
  ['prompts/get', { name: 'gret' }, 'greet'],
  ['prompts/get', { name: 'GREET' }, 'greet'],
  ['prompts/get', { name: 'nope' }, undefined],
  ['prompts/get', { name: 'greet', arguments: { name: 'Ada', tune: 'x' } }, 'tone'],
  ['resources/read', { uri: 'test://statc' }, 'test://static'],
  ['resources/read', { uri: 'TEST://static' }, 'test://static'],
  ['resources/read', { uri: 'other://thing' }, undefined],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'gret' }, argument }, 'greet'],
  [
    'completion/complete',
    { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'nam', value: '' } },
    'name',
  ],
  [
    'completion/complete',
    { ref: { type: 'ref/resource', uri: 'test://itm/{id}' }, argument },
    'test://item/{id}',
  ],
];

for (const [method, params, near] of mistyped) {
  const shown = JSON.stringify(params).slice(0, 80);
  test(`a client that sends ${method} with ${shown} is told of ${near ?? 'no name'}, in both eras`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    connection.send(modernRequestOf(2, method, params));
    for (const { error } of [await connection.request(1, method, params), await connection.answer(2)]) {
      const [, named] = /did you mean "(.*?)"\?/.exec(error.message) ?? [];
      assert.is(named, near, error.message);
    }
  });
}

for (const [level, near] of [
  ['WARNING', 'warning'],
  ['Warn', 'warning'],
  ['warn', 'warning'],
  ['err', 'error'],
  ['eror', 'error'],
  ['crit', 'critical'],
  ['emerg', 'emergency'],
  ['INFO', 'info'],
  ['informational', undefined],
  ['w', undefined],
  ['loud', undefined],
  ['', undefined],
] as const) {
  test(`a client that sets the level "${level}" is told of ${near ?? 'no name'}, in both eras`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    connection.send(modernRequestOf(2, 'tools/list', {}, { logLevel: level }));
    const older = await connection.request(1, 'logging/setLevel', { level });
    for (const { error } of [older, await connection.answer(2)]) {
      assert.is(error.code, -32602);
      assert.is(/did you mean "(.*?)"\?/.exec(error.message)?.[1], near, error.message);
    }
  });
}

/** Names that are near, or there, but not for a caller of these scopes. */
for (const [scopes, method, params] of [
  [['resources:read'], 'tools/call', { name: 'ech' }],
  [['resources:read'], 'tools/call', { name: 'echo' }],
  [['tools:write'], 'tools/call', { name: 'ech' }],
  [['tools:read'], 'prompts/get', { name: 'gret' }],
  [['tools:read'], 'resources/read', { uri: 'test://statc' }],
  [['tools:read'], 'resources/subscribe', { uri: 'test://statc' }],
  [['tools:read'], 'completion/complete', { ref: { type: 'ref/prompt', name: 'gret' }, argument }],
] as const) {
  test(`a caller with ${scopes} learns no name by ${method} ${JSON.stringify(params)}`, async () => {
    const principal = { id: 'key:1', kind: 'key', scopes: scopes as readonly Grant[] } as const;
    const connection = new InMemoryConnection({ principal });
    await connection.initialize();
    const { error } = await connection.request(1, method, params);
    assert.match(error.message, /^There is/);
    assert.not.match(error.message, /did you mean/);
    assert.is(error.data.suggestion, undefined);
  });
}

test.run();
