import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, initializeParams, requestOf } from '../../support/in-memory-connection.ts';
import { type Frame, modernMeta } from '../../support/server-process.ts';

/** Requests as clients write them that have one kind of empty value only (php-sdk#284, MCPSharp#6, aiquila#442). */
const test = suite('engine: empty values as clients send them');

const META = 'io.modelcontextprotocol/';
const ref = { type: 'ref/prompt', name: 'greet' };
const argument = { name: 'name', value: 'name-1' };

/** Methods, how a client sends the parameters, and what they mean. */
const taken: readonly (readonly [method: string, sent: unknown, meant: object])[] = [
  ['ping', [], {}],
  ['tools/list', [], {}],
  ['tools/list', null, {}],
  ['tools/list', { cursor: null }, {}],
  ['resources/list', { cursor: null }, {}],
  ['resources/templates/list', [], {}],
  ['prompts/list', { cursor: null, _meta: [] }, {}],
  ['tools/list', { _meta: null }, {}],
  ['tools/list', { _meta: { progressToken: null } }, {}],
  ['tools/call', { name: 'trace', arguments: [] }, { name: 'trace' }],
  ['tools/call', { name: 'trace', arguments: null }, { name: 'trace' }],
  ['tools/call', { name: 'echo', arguments: { message: 'x' }, _meta: null }, echo()],
  ['tools/call', { name: 'echo', arguments: { message: 'x' }, _meta: { progressToken: null } }, echo()],
  ['prompts/get', { name: 'plain', arguments: [] }, { name: 'plain' }],
  ['resources/read', { uri: 'test://static', _meta: [] }, { uri: 'test://static' }],
  ['completion/complete', { ref, argument, context: [] }, { ref, argument }],
  ['completion/complete', { ref, argument, context: { arguments: [] } }, { ref, argument }],
  ['completion/complete', { ref, argument, context: null }, { ref, argument }],
];

function echo() {
  return { name: 'echo', arguments: { message: 'x' } };
}

for (const [method, sent, meant] of taken) {
  test(`a session's ${method} with ${JSON.stringify(sent)} is taken as ${JSON.stringify(meant)}`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    const expected = await connection.request(1, method, meant);
    assert.ok(expected.result, JSON.stringify(expected));
    assert.equal((await connection.request(2, method, sent)).result, expected.result);
  });
}

/** A request that says who sends it, which takes an object and a "_meta". */
const modern = (params: object): Frame => ({
  ...params,
  _meta: { ...(params as Frame)._meta, ...modernMeta() },
});

for (const [method, sent, meant] of taken) {
  if (method === 'ping' || sent === null || Array.isArray(sent)) continue;
  test(`a modern ${method} with ${JSON.stringify(sent)} is taken as ${JSON.stringify(meant)}`, async () => {
    const connection = new InMemoryConnection();
    const expected = await connection.request(1, method, modern(meant));
    assert.ok(expected.result, JSON.stringify(expected));
    assert.equal((await connection.request(2, method, modern(sent as object))).result, expected.result);
  });
}

for (const capabilities of [[], null, undefined, { roots: [], sampling: null, elicitation: [] }]) {
  test(`initialize with the capabilities ${JSON.stringify(capabilities)} opens a session`, async () => {
    const connection = new InMemoryConnection();
    const clientInfo = { name: 'test', version: '1', title: null, websiteUrl: null, icons: [] };
    const params = { ...initializeParams('2025-11-25'), capabilities, clientInfo, _meta: [] };
    assert.is((await connection.request('init', 'initialize', params)).result.protocolVersion, '2025-11-25');
    connection.send({ jsonrpc: '2.0', method: 'notifications/initialized', params: [] });
    assert.equal((await connection.request(1, 'ping', [])).result, {});
  });
}

/** Members of a modern "_meta", and the error's code; undefined where it is taken. */
for (const [member, value, code] of [
  ['clientCapabilities', [], undefined],
  ['clientCapabilities', null, -32602],
  ['clientCapabilities', ['roots'], -32602],
  ['clientInfo', null, undefined],
  ['clientInfo', [], undefined],
  ['logLevel', null, undefined],
  ['protocolVersion', null, -32602],
] as const) {
  test(`a modern "_meta" with ${member} ${JSON.stringify(value)} is ${code ? 'refused' : 'taken'}`, async () => {
    const _meta = { ...modernMeta(), [`${META}${member}`]: value };
    const { error } = await new InMemoryConnection().request(1, 'tools/list', { _meta });
    assert.is(error?.code, code);
  });
}

/** Values that are not empty stay errors. */
for (const [method, params, code] of [
  ['ping', [1], -32600],
  ['ping', [[]], -32600],
  ['ping', '', -32600],
  ['tools/call', { name: 'trace', arguments: [{}] }, -32602],
  ['tools/call', { name: 'trace', arguments: '' }, -32602],
  ['tools/call', { name: 'trace', _meta: [1] }, -32602],
  ['tools/call', { name: 'trace', _meta: { progressToken: [] } }, -32602],
  ['tools/call', { name: [] }, -32602],
  ['prompts/get', { name: 'greet', arguments: ['x'] }, -32602],
  ['resources/read', { uri: null }, -32602],
  ['tools/list', { cursor: [] }, -32602],
  ['tools/list', { cursor: false }, -32602],
  ['completion/complete', { ref: null, argument }, -32602],
  ['completion/complete', { ref, argument: [] }, -32602],
] as const) {
  test(`${method} with ${JSON.stringify(params)} is refused with ${code}`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize();
    assert.is((await connection.request(1, method, params)).error.code, code);
  });
}

/** Answers to a form, as clients write one that is empty. */
for (const answer of [
  { action: 'decline', content: null },
  { action: 'accept', content: [] },
]) {
  test(`a form's answer ${JSON.stringify(answer)} is taken`, async () => {
    const connection = new InMemoryConnection();
    await connection.initialize('2025-11-25', { elicitation: [] });
    connection.send(requestOf(1, 'tools/call', { name: 'ask_if_possible', arguments: [] }));
    const question = await connection.told('elicitation/create');
    connection.send({ jsonrpc: '2.0', id: question.id, result: answer });
    assert.is((await connection.answer(1)).result.content[0].text, answer.action);
  });
}

test.run();
