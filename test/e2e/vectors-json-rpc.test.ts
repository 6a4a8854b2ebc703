import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  error,
  expectEnd,
  fixture,
  notification,
  product,
  request,
  result,
  testExchange,
  testScenario,
  text,
} from '../support/vectors.ts';

const test = suite('Vectors: JSON-RPC');

const session = '2025-11-25';
/** The revision that has arrays. */
const batches = '2025-03-26';
const ping = (id: unknown) => request(id, 'ping');

testExchange(test, {
  vector: 14,
  what: 'an id of null, 1.5, true, an object, an array',
  on: product,
  session,
  sent: [null, 1.5, true, {}, [1]].map(ping),
  answered: Array.from({ length: 5 }, () => error(-32600)),
});

testExchange(test, {
  vector: 15,
  what: 'an id of "", 0, -1, 1.0, 1e3',
  on: product,
  session,
  sent: [
    ...['', 0, -1].map(ping),
    ...['1.0', '1e3'].map((id) => `{"jsonrpc":"2.0","id":${id},"method":"ping"}`),
  ],
  answered: ['', 0, -1, 1, 1000].map((id) => result(id, {})),
});

testExchange(test, {
  vector: 16,
  what: 'an id beyond 2^53, whose digits JSON.parse loses, is never echoed rounded',
  on: product,
  session,
  sent: [
    '{"jsonrpc":"2.0","id":9007199254740991,"method":"ping"}',
    '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}',
    '{"jsonrpc":"2.0","id":-9007199254740993,"method":"ping"}',
  ],
  answered: [result(9007199254740991, {}), error(-32600), error(-32600)],
});

testExchange(test, {
  vector: 17,
  what: 'no "jsonrpc", another version, a method that is a number, none',
  on: product,
  session,
  sent: [
    { id: 5, method: 'ping' },
    { jsonrpc: '1.0', id: 5, method: 'ping' },
    request(5, 1),
    { jsonrpc: '2.0', id: 5 },
  ],
  answered: Array.from({ length: 4 }, () => error(-32600, 5)),
});

testExchange(test, {
  vector: 18,
  what: 'parameters that are an array, a string, a number; null is none',
  on: product,
  session,
  sent: [request(5, 'ping', [1]), request(6, 'ping', 'x'), request(7, 'ping', 1), request(8, 'ping', null)],
  answered: [error(-32600, 5), error(-32600, 6), error(-32600, 7), result(8, {})],
});

testExchange(test, {
  vector: 19,
  what: 'a member that JSON-RPC does not know',
  on: product,
  session,
  sent: [{ ...ping(1), extra: { deep: true } }],
  answered: [result(1, {})],
});

testExchange(test, {
  vector: 20,
  what: 'methods that are none, those with names of JavaScript’s own among them',
  on: product,
  session,
  sent: [
    '',
    '__proto__',
    'constructor',
    'toString',
    'rpc.discover',
    'foo/bar',
    'notifications/initialized',
  ].map((method, id) => request(id, method)),
  answered: [0, 1, 2, 3, 4, 5, 6].map((id) => error(-32601, id)),
});

testExchange(test, {
  vector: 29,
  what: 'unknown notifications, methods without an id, and answers to nothing are not answered',
  on: product,
  session,
  sent: [
    notification('notifications/unknown', { a: 1 }),
    notification('ping'),
    notification('initialize', { protocolVersion: '2024-11-05' }),
    notification('tools/call', { name: 'echo', arguments: { message: 'x' } }),
    { jsonrpc: '2.0', id: 99, result: {} },
    { jsonrpc: '2.0', id: 's1', result: {} },
    { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } },
    { jsonrpc: '2.0', id: 7, result: {}, error: { code: 1, message: 'both' } },
  ],
  answered: [],
});

for (const revision of ['2025-06-18', session]) {
  testExchange(test, {
    vector: 30,
    what: `an array is one error in ${revision}, whatever is in it`,
    on: product,
    session: revision,
    sent: [[], [1], [ping(1), ping(2)], [notification('ping')]],
    answered: Array.from({ length: 4 }, () => error(-32600)),
  });
}

testExchange(test, {
  vector: 30,
  what: 'an array before anything was agreed',
  on: product,
  sent: [[ping(1), ping(2)]],
  answered: [error(-32600)],
});

for (const revision of ['2024-11-05', batches]) {
  testExchange(test, {
    vector: 31,
    what: `an array of requests, a notification and a number is answered by one array in ${revision}`,
    on: product,
    session: revision,
    sent: [[ping(5), notification('notifications/unknown'), request(6, 'foo'), 1]],
    answered: [[result(5, {}), error(-32601, 6), error(-32600)]],
  });
}

testExchange(test, {
  vector: 32,
  what: 'arrays of notifications, none at all, and one with initialize in it',
  on: product,
  session: batches,
  sent: [
    [notification('notifications/unknown'), notification('ping')],
    [],
    [
      request(1, 'initialize', {
        protocolVersion: batches,
        capabilities: {},
        clientInfo: { name: 'n', version: '1' },
      }),
    ],
  ],
  answered: [error(-32600), [error(-32600, 1)]],
});

const call = (id: unknown, name: string, args: object) =>
  request(id, 'tools/call', { name, arguments: args });
/** Lasts until the gate is touched. */
const held = (id: number) => call(id, 'progress', { steps: 0, until: 'test://gate' });
const touch = (id: number) => call(id, 'touch', { uri: 'test://gate' });

testScenario(
  test,
  { vector: 33, what: 'an id that is in use is refused at once, its first use unharmed', on: fixture },
  async (server) => {
    await server.initialize();
    server.send(held(7));
    server.send(ping(7));
    assert.is((await server.answer(7)).error.code, -32600);
    server.send(touch(8));
    await expectEnd(server);
    const answers = server.frames.filter(({ id }) => id === 7);
    assert.is(answers.length, 2);
    assert.is(answers[1].result.content[0].text, 'done');
  },
);

testScenario(
  test,
  {
    vector: 34,
    what: 'a cancelled request is not answered, whenever its work ends; the next one is',
    on: fixture,
  },
  async (server) => {
    await server.initialize();
    server.send(held(7));
    server.send(notification('notifications/cancelled', { requestId: 7, reason: 'no longer needed' }));
    assert.equal((await server.request(8, 'ping')).result, {});
    server.send(touch(9));
    await expectEnd(server);
    assert.equal(
      server.frames.map(({ id }) => id),
      ['init', 8, 9],
    );
  },
);

testExchange(test, {
  vector: 34,
  what: 'a cancellation of another type of id, of nothing, or of no shape cancels nothing',
  on: fixture,
  session,
  sent: [
    call(7, 'slow', { ms: 100 }),
    ...[{ requestId: '7' }, { requestId: 8 }, { requestId: [7] }, { requestId: null }, {}].map((params) =>
      notification('notifications/cancelled', params),
    ),
    notification('notifications/cancelled'),
  ],
  answered: [result(7, text('slept 100'))],
});

test.run();
