import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonValue } from '../../src/domain/shared/json.ts';
import { modernMeta } from '../support/server-process.ts';
import {
  error,
  expectEnd,
  failed,
  fixture,
  modern,
  product,
  request,
  result,
  testExchange,
  testScenario,
  text,
} from '../support/vectors.ts';

const test = suite('Vectors: tools, resources and prompts');

const session = '2025-11-25';
const call = (id: number, name: string, args?: unknown) =>
  request(id, 'tools/call', { name, arguments: args });
const code = (name: string, more: JsonValue = {}) => ({ code: name, ...(more as object) });

testExchange(test, {
  vector: 21,
  what: 'a tool that does not exist, with a name of JavaScript’s own, legacy',
  on: product,
  session,
  sent: ['__proto__', 'nope', 'constructor', ''].map((name, id) => call(id, name)),
  answered: ['__proto__', 'nope', 'constructor', ''].map((tool, id) =>
    error(-32001, id, code('tool.not-found', { tool })),
  ),
});

testExchange(test, {
  vector: 21,
  what: 'the same, modern',
  on: product,
  sent: ['__proto__', 'nope'].map((name, id) => modern(id, 'tools/call', { name })),
  answered: ['__proto__', 'nope'].map((tool, id) => error(-32602, id, code('tool.not-found', { tool }))),
});

/** As text: in a literal of the language it would be the object's prototype. */
const proto = (id: number, args: string) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"echo","arguments":${args}}}`;

testExchange(test, {
  vector: 22,
  what: 'an argument "__proto__" is one like any other: refused, and inherited by nobody',
  on: product,
  session,
  sent: [
    proto(1, '{"__proto__":{"message":"inherited"}}'),
    proto(2, '{"message":"own","__proto__":{"polluted":true}}'),
    proto(3, '{"message":"own","constructor":{"prototype":{"polluted":true}}}'),
    proto(4, '{}'),
    proto(5, '{"message":"fine"}'),
  ],
  answered: [
    result(1, failed),
    result(2, failed),
    result(3, failed),
    result(4, failed),
    result(5, text('Echo: fine')),
  ],
});

testExchange(test, {
  vector: 23,
  what: 'a call without a name, and arguments that are no object',
  on: product,
  session,
  sent: [
    request(1, 'tools/call'),
    request(2, 'tools/call', { arguments: {} }),
    request(3, 'tools/call', { name: 5 }),
    call(4, 'echo', [1]),
    call(5, 'echo', 'x'),
    modern(6, 'tools/call', { name: 'echo', arguments: ['x'] }),
    modern(7, 'tools/call'),
  ],
  answered: [1, 2, 3, 4, 5, 6, 7].map((id) => error(-32602, id)),
});

testExchange(test, {
  vector: 23,
  what: 'arguments of null are none, and so are those of an empty array',
  on: product,
  session,
  sent: [call(1, 'system_info', null), call(2, 'system_info', [])],
  answered: [1, 2].map((id) => result(id, { structuredContent: '…', '…': '…' })),
});

testExchange(test, {
  vector: 24,
  what: 'arguments of a wrong type are a result that the model can act on',
  on: product,
  session,
  sent: [
    call(1, 'echo', { message: 5 }),
    modern(2, 'tools/call', { name: 'echo', arguments: { message: 5 } }),
  ],
  answered: [result(1, failed), result(2, failed)],
});

testExchange(test, {
  vector: 24,
  what: 'so is what a tool refuses',
  on: fixture,
  session,
  sent: [call(1, 'refuse'), modern(2, 'tools/call', { name: 'refuse' })],
  answered: [result(1, failed), result(2, failed)],
});

testScenario(
  test,
  {
    vector: 24,
    what: 'and what it throws: the log has the reason, and the client its number there',
    on: fixture,
  },
  async (server) => {
    await server.initialize();
    server.send(call(1, 'crash'));
    server.send(modern(2, 'tools/call', { name: 'crash' }));
    const results = [await server.answer(1), await server.answer(2)].map((frame) => frame.result);
    await expectEnd(server);
    for (const { isError, content } of results) {
      assert.is(isError, true);
      assert.not.match(content[0].text, 'secret');
      const [number] = /[0-9a-f-]{36}/.exec(content[0].text) ?? [];
      assert.ok(number && server.stderr.includes(number), content[0].text);
    }
  },
);

const unknown = 'nope://x';
const notFound = { code: 'resource.not-found', uri: unknown };

for (const revision of [session, '2025-06-18', '2025-03-26', '2024-11-05']) {
  testExchange(test, {
    vector: 25,
    what: `a resource that does not exist in ${revision}`,
    on: fixture,
    session: revision,
    sent: [request(1, 'resources/read', { uri: unknown })],
    answered: [error(-32002, 1, notFound)],
  });
}

testExchange(test, {
  vector: 25,
  what: 'a resource that does not exist, modern',
  on: fixture,
  sent: [modern(1, 'resources/read', { uri: unknown })],
  answered: [error(-32602, 1, notFound)],
});

testExchange(test, {
  vector: 26,
  what: 'a prompt that does not exist, in both eras',
  on: fixture,
  session,
  sent: [request(1, 'prompts/get', { name: 'nope' }), modern(2, 'prompts/get', { name: 'nope' })],
  answered: [
    error(-32003, 1, { code: 'prompt.not-found', prompt: 'nope' }),
    error(-32602, 2, { code: 'prompt.not-found', prompt: 'nope' }),
  ],
});

testExchange(test, {
  vector: 27,
  what: 'what is no cursor',
  on: product,
  session,
  sent: [
    ...['zzz', '', 5, [], {}].map((cursor, id) => request(id, 'tools/list', { cursor })),
    modern(5, 'tools/list', { cursor: 'zzz' }),
  ],
  answered: [0, 1, 2, 3, 4, 5].map((id) => error(-32602, id)),
});

testExchange(test, {
  vector: 28,
  what: 'a log level that does not exist',
  on: product,
  session,
  sent: ['loud', 'INFO', 5, undefined].map((level, id) => request(id, 'logging/setLevel', { level })),
  answered: [0, 1, 2, 3].map((id) => error(-32602, id)),
});

const withProgress = (id: number, progressToken: unknown, meta: object = {}) =>
  request(id, 'tools/call', {
    name: 'progress',
    arguments: { steps: 1 },
    _meta: { ...meta, progressToken },
  });
const progress = (progressToken: string | number) => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken, progress: 1, total: 1, message: 'step 1' },
});

testExchange(test, {
  vector: 44,
  what: 'the progress tokens 0 and "" are tokens, in both eras',
  on: fixture,
  session,
  sent: [withProgress(1, 0), withProgress(2, ''), withProgress(3, 33, modernMeta())],
  answered: [progress(0), result(1), progress(''), result(2), progress(33), result(3)],
});

testExchange(test, {
  vector: 44,
  what: 'other types are none, and _meta is an object',
  on: fixture,
  session,
  sent: [
    ...[1.5, {}, [], true].map((token, id) => withProgress(id, token)),
    request(4, 'tools/call', { name: 'echo', arguments: { message: 'x' }, _meta: 5 }),
    request(5, 'ping', { _meta: 5 }),
    withProgress(6, 1.5, modernMeta()),
  ],
  answered: [0, 1, 2, 3, 4, 5, 6].map((id) => error(-32602, id)),
});

test.run();
