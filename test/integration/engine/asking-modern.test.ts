import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, modernRequestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: asking the modern client');

const everything = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const accepted = (name: string) => ({ action: 'accept', content: { name } });

const text = ({ result }: { result: { content: { text: string }[] } }) => result.content[0]?.text;

/** One round of a modern request. */
async function round(
  connection: InMemoryConnection,
  id: string,
  method: string,
  params: object,
  capabilities = everything,
) {
  connection.send(modernRequestOf(id, method, params, { capabilities }));
  return await connection.answer(id);
}

for (const [method, params] of [
  ['tools/call', { name: 'ask_name', arguments: {} }],
  ['resources/read', { uri: 'test://asking' }],
  ['prompts/get', { name: 'ask' }],
] as const) {
  test(`${method} asks by its result, and runs again with the answers`, async () => {
    const connection = new InMemoryConnection();
    const { result } = await round(connection, 'first', method, params);
    assert.is(result.resultType, 'input_required');
    assert.is(result.inputRequests.who.method, 'elicitation/create');
    assert.not.ok('ttlMs' in result, 'a question is nothing to keep');
    const again = { ...params, requestState: result.requestState, inputResponses: { who: accepted('Ada') } };
    const done = await round(connection, 'second', method, again);
    assert.is(done.result.resultType, 'complete');
    assert.match(JSON.stringify(done.result), 'Ada');
  });
}

const twice = { name: 'ask_twice', arguments: { topic: 'x' } };

/** The state after the first question of `ask_twice` was answered. */
async function afterFirst(connection: InMemoryConnection): Promise<string> {
  const first = await round(connection, 'first', 'tools/call', twice);
  const { requestState } = first.result;
  const second = await round(connection, 'second', 'tools/call', {
    ...twice,
    requestState,
    inputResponses: { first: accepted('Ada') },
  });
  assert.equal(Object.keys(second.result.inputRequests).sort(), ['folders', 'second']);
  assert.is.not(second.result.requestState, requestState);
  return second.result.requestState;
}

const rest = { second: accepted('Bob'), folders: { roots: [{ uri: 'file:///home' }] } };

test('answers of earlier rounds come back in the state', async () => {
  const connection = new InMemoryConnection();
  const requestState = await afterFirst(connection);
  const done = await round(connection, 'third', 'tools/call', {
    ...twice,
    requestState,
    inputResponses: rest,
  });
  assert.is(text(done), 'Ada and Bob in file:///home');
});

test('a missing answer is asked for again', async () => {
  const connection = new InMemoryConnection();
  const requestState = await afterFirst(connection);
  const inputResponses = { second: rest.second };
  const again = await round(connection, 'third', 'tools/call', { ...twice, requestState, inputResponses });
  assert.equal(Object.keys(again.result.inputRequests), ['folders']);
});

for (const [what, change] of [
  [
    'tampered with',
    (params: { requestState: string }) => ({ ...params, requestState: `${params.requestState}x` }),
  ],
  ['of other arguments', (params: object) => ({ ...params, arguments: { topic: 'y' } })],
  ['of another tool', (params: object) => ({ ...params, name: 'ask_name', arguments: {} })],
  ['that is none', (params: object) => ({ ...params, requestState: 5 })],
] as const) {
  test(`a state ${what} is refused`, async () => {
    const connection = new InMemoryConnection();
    const requestState = await afterFirst(connection);
    const params = change({ ...twice, requestState, inputResponses: rest } as { requestState: string });
    const { error } = await round(connection, 'third', 'tools/call', params);
    assert.equal([error.code, error.data.parameter], [-32602, 'requestState']);
  });
}

test('a state of another server’s key is refused', async () => {
  const requestState = await afterFirst(new InMemoryConnection());
  const params = { ...twice, requestState, inputResponses: rest };
  assert.is((await round(new InMemoryConnection(), 'x', 'tools/call', params)).error.code, -32602);
});

test('an answer of another shape is refused', async () => {
  const params = { name: 'ask_name', arguments: {}, inputResponses: { who: { action: 'maybe' } } };
  assert.is((await round(new InMemoryConnection(), 'x', 'tools/call', params)).error.code, -32602);
});

for (const [name, capabilities, required] of [
  ['ask_name', { roots: {} }, { elicitation: { form: {} } }],
  ['ask_url', { elicitation: {} }, { elicitation: { url: {} } }],
  ['ask_model', {}, { sampling: {} }],
] as const) {
  test(`${name} needs ${JSON.stringify(required)}`, async () => {
    const params = { name, arguments: {} };
    const { error } = await round(new InMemoryConnection(), 'x', 'tools/call', params, capabilities as never);
    assert.equal([error.code, error.data.requiredCapabilities], [-32021, required]);
  });
}

test('the client is never sent a request', async () => {
  const connection = new InMemoryConnection();
  await connection.initialize('2025-11-25', everything);
  await afterFirst(connection);
  assert.not.ok(connection.frames.some((frame) => frame.method !== undefined && frame.id !== undefined));
});

test('a call is told once, not once a round', async () => {
  const connection = new InMemoryConnection();
  const told: string[] = [];
  connection.application.events.on('ToolExecuted', ({ payload }) => told.push(payload.toolName));
  const requestState = await afterFirst(connection);
  await round(connection, 'third', 'tools/call', { ...twice, requestState, inputResponses: rest });
  assert.equal(told, ['ask_twice']);
});

test.run();
