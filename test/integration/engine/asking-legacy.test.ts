import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InMemoryConnection, requestOf } from '../../support/in-memory-connection.ts';

const test = suite('engine: asking the legacy client');

const everything = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const accepted = (name: string) => ({ action: 'accept', content: { name } });
const response = (id: unknown, result: unknown) => ({ jsonrpc: '2.0', id, result });
const failure = (id: unknown, code: number, message: string) => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});
const call = (id: string | number, name: string) => requestOf(id, 'tools/call', { name, arguments: {} });

/** A legacy client that can be asked everything. */
async function open(capabilities: object = everything): Promise<InMemoryConnection> {
  const connection = new InMemoryConnection();
  await connection.initialize('2025-11-25', capabilities);
  return connection;
}

const text = ({ result }: { result: { content: { text: string }[] } }) => result.content[0]?.text;

test('the client is asked by a request, and the call goes on with its answer', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_name'));
  const question = await connection.told('elicitation/create');
  assert.is(question.params.message, 'Who are you?');
  connection.send(response(question.id, accepted('Ada')));
  assert.is(text(await connection.answer(1)), 'Hello, Ada!');
});

test('several questions go out at once, and their answers may come in any order', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_twice'));
  const first = await connection.told('elicitation/create');
  connection.send(response(first.id, accepted('Ada')));
  const folders = await connection.told('roots/list');
  const second = await connection.until(
    (frame) => frame.method === 'elicitation/create' && frame.id !== first.id,
    'the second question',
  );
  connection.send(
    response(folders.id, { roots: [{ uri: 'file:///home' }] }),
    response(second.id, accepted('Bob')),
  );
  assert.is(text(await connection.answer(1)), 'Ada and Bob in file:///home');
});

test('two calls that ask don’t take each other’s answers', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_name'), call(2, 'ask_name'));
  const one = await connection.told('elicitation/create');
  const two = await connection.until(
    (frame) => frame.method === 'elicitation/create' && frame.id !== one.id,
    'the other question',
  );
  connection.send(response(two.id, accepted('Bob')), response(one.id, accepted('Ada')));
  const answers = [text(await connection.answer(1)), text(await connection.answer(2))];
  assert.equal(answers, ['Hello, Ada!', 'Hello, Bob!']);
});

for (const [what, answer, expected] of [
  ['declines', response('s1', { action: 'decline' }), 'You said decline'],
  ['cancels', response('s1', { action: 'cancel' }), 'You said cancel'],
  [
    'answers in another shape',
    response('s1', { action: 'maybe' }),
    'The client was asked and gave an unusable answer to elicitation/create: expected an "action" (accept, decline or cancel) and, if any, an object as "content"',
  ],
  [
    'answers with an error',
    failure('s1', -32602, 'I am confused'),
    'The client was asked and gave the error "I am confused"',
  ],
] as const) {
  test(`a client that ${what} still gets a result`, async () => {
    const connection = await open();
    connection.send(call(1, 'ask_name'));
    assert.is((await connection.told('elicitation/create')).id, 's1');
    connection.send(answer);
    assert.is(text(await connection.answer(1)), expected);
  });
}

test('a client that can’t be asked is told why nothing came of it', async () => {
  const connection = await open({});
  const answer = await connection.request(1, 'tools/call', { name: 'ask_name', arguments: {} });
  assert.ok(answer.result.isError);
  assert.is(text(answer), 'This needs a client that declares the capability elicitation');
  const read = await connection.request(2, 'resources/read', { uri: 'test://asking' });
  assert.equal([read.error.code, read.error.data.code], [-32600, 'client.capability-missing']);
});

test('resources and prompts ask, too', async () => {
  const connection = await open();
  for (const [id, method, params] of [
    [1, 'resources/read', { uri: 'test://asking' }],
    [2, 'prompts/get', { name: 'ask' }],
  ] as const) {
    connection.send(requestOf(id, method, params));
    const question = await connection.until((frame) => frame.id === `s${id}`, 'a question');
    connection.send(response(question.id, accepted('Ada')));
    assert.match(JSON.stringify((await connection.answer(id)).result), 'by Ada');
  }
});

test('the question of a call that is cancelled is taken back', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_name'));
  const question = await connection.told('elicitation/create');
  connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  const taken = await connection.told('notifications/cancelled');
  assert.is(taken.params.requestId, question.id);
  connection.send(response(question.id, accepted('Ada')), requestOf(2, 'ping'));
  await connection.answer(2);
  assert.equal(connection.refused, ['A response that nobody waits for']);
  assert.not.ok(connection.frames.some(({ id }) => id === 1));
});

test('waiting for a person, the client is still served', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_name'));
  const question = await connection.told('elicitation/create');
  assert.equal((await connection.request(2, 'ping')).result, {});
  connection.send(response(question.id, accepted('Ada')));
  await connection.answer(1);
});

test('a client that closes its side gives no answer, and gets one', async () => {
  const connection = await open();
  connection.send(call(1, 'ask_name'));
  await connection.told('elicitation/create');
  await connection.close(new Promise(() => undefined));
  assert.is(text(await connection.answer(1)), 'The client gave no answer: The client has closed its side');
});

test.run();
