import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, begin, fail, hang } from '../support/anthropic-replies.ts';
import { TEST_API_KEY } from '../support/anthropic-request.ts';
import { AnthropicServer } from '../support/anthropic-server.ts';
import { type Frame, modernMeta, type ServerKind, type ServerProcess } from '../support/server-process.ts';
import { cleanExit, killStartedServers, startServer } from '../support/start-server.ts';
import { sendEvents, toolAnswers, wrongAnswers } from '../support/wrong-answers.ts';

const test = suite('claude_conversation');

const api = await AnthropicServer.start();
test.before.each(() => {
  api.requests.length = 0;
});
test.after(async () => {
  killStartedServers();
  await api.close();
});

const NAME = 'claude_conversation';

async function start(kind: ServerKind, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = startServer(kind, {
    env: { ANTHROPIC_API_KEY: TEST_API_KEY, ANTHROPIC_BASE_URL: api.url, ...env },
  });
  await server.initialize();
  return server;
}

const params = (args: object, progressToken?: string) => ({
  name: NAME,
  arguments: args,
  ...(progressToken !== undefined && { _meta: { progressToken } }),
});

const call = async (
  server: ServerProcess,
  id: number,
  args: object,
  progressToken?: string,
): Promise<Frame> => (await server.request(id, 'tools/call', params(args, progressToken))).result;

const textOf = ({ content }: Frame): string => content[0].text;

const progressOf = ({ frames }: ServerProcess): Frame[] =>
  frames.filter(({ method }) => method === 'notifications/progress').map((frame) => frame.params);

for (const kind of ['binary', 'bundle'] as const) {
  test(`${kind}: a conversation goes on by its id, and tells its answers as they come`, async () => {
    const server = await start(kind);
    const first = await call(server, 1, { message: 'Hello there', system_prompt: 'Be brief' }, 'p');
    const { conversation_id, usage, ...said } = first.structuredContent;
    assert.equal(said, {
      text: 'You said: Hello there',
      model: api.messageBodies[0].model,
      stop_reason: 'end_turn',
    });
    assert.is(usage.output_tokens, 7);
    assert.equal(JSON.parse(textOf(first)), first.structuredContent);
    const told = progressOf(server);
    assert.is(told.map(({ message }) => message).join(''), 'You said: Hello there');
    assert.ok(told.every(({ progress }, at) => at === 0 || progress > told[at - 1].progress));
    const second = await call(server, 2, { message: 'And again', conversation_id });
    assert.is(second.structuredContent.conversation_id, conversation_id);
    assert.is(progressOf(server).length, told.length, 'no token, no progress');
    const [, body] = api.messageBodies;
    assert.equal(
      body.messages.map(({ role }: Frame) => role),
      ['user', 'assistant', 'user'],
    );
    assert.match(JSON.stringify(body.system), 'Be brief');
    assert.equal([body.temperature, body.top_p, body.top_k], [undefined, undefined, undefined]);
    assert.equal(await server.close(), cleanExit);
  });

  test(`${kind}: a modern client converses, too`, async () => {
    const server = startServer(kind, {
      env: { ANTHROPIC_API_KEY: TEST_API_KEY, ANTHROPIC_BASE_URL: api.url },
    });
    const request = async (id: number, args: object): Promise<Frame> => {
      const _meta = { ...modernMeta(), progressToken: `p${id}` };
      return (await server.request(id, 'tools/call', { name: NAME, arguments: args, _meta })).result;
    };
    const { conversation_id } = (await request(1, { message: 'Hello' })).structuredContent;
    const { structuredContent } = await request(2, { message: 'And?', conversation_id });
    assert.is(structuredContent.text, 'You said: And?');
    assert.is(api.messageBodies[1].messages.length, 3);
    assert.is(
      progressOf(server)
        .filter(({ progressToken }) => progressToken === 'p2')
        .map(({ message }) => message)
        .join(''),
      'You said: And?',
    );
    assert.equal(await server.close(), cleanExit);
  });
}

test('cancelling ends the request to the API, and leaves nothing of the turn', async () => {
  const server = await start('binary');
  const { conversation_id } = (await call(server, 1, { message: 'One' })).structuredContent;
  api.next(begin('Well, ', hang));
  server.send({
    jsonrpc: '2.0',
    id: 2,
    method: 'tools/call',
    params: params({ message: 'Two', conversation_id }, 'p'),
  });
  await server.until(
    ({ params: given }) => given?.message?.startsWith('Well'),
    'the beginning of the answer',
  );
  const busy = await call(server, 3, { message: 'Three', conversation_id });
  assert.ok(busy.isError);
  assert.match(textOf(busy), 'Another message of this conversation is being answered');
  server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } });
  await api.requests.at(-1)?.aborted;
  const next = await call(server, 4, { message: 'Four', conversation_id });
  assert.is(next.structuredContent.text, 'You said: Four');
  assert.equal(
    api.messageBodies.at(-1).messages.map(({ content }: Frame) => JSON.stringify(content).includes('Two')),
    [false, false, false],
  );
  assert.not.ok(server.frames.some(({ id }) => id === 2));
  assert.equal(await server.close(), cleanExit);
});

test('four answers come at once, and the fifth when one of them is there or cancelled', async () => {
  const server = await start('binary');
  const bodies = () => api.messageBodies.length;
  const until = async (count: number) => {
    for (const deadline = Date.now() + 20_000; bodies() < count && Date.now() < deadline; )
      await new Promise((resolve) => setTimeout(resolve, 10));
    return bodies();
  };
  api.next(hang, hang, hang, hang);
  for (const id of [1, 2, 3, 4, 5, 6])
    server.send({ jsonrpc: '2.0', id, method: 'tools/call', params: params({ message: `M${id}` }) });
  assert.is(await until(4), 4);
  await server.request('ping', 'ping');
  assert.is(bodies(), 4);
  const cancel = (requestId: number) =>
    server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  cancel(5); // it waits: it is never sent
  cancel(1);
  const sixth = await server.answer(6);
  assert.is(sixth.result.structuredContent.text, 'You said: M6');
  assert.is(bodies(), 5);
  for (const id of [2, 3, 4]) cancel(id);
  assert.equal(await server.close(), cleanExit);
});

test('the tool ends an answer at the time limit, and the request with it', async () => {
  const server = await start('binary', { TELEMETRYFLOW_MCP_CLAUDE_TIMEOUT: '1' });
  api.next(hang);
  const result = await call(server, 1, { message: 'Hello' });
  assert.ok(result.isError);
  assert.match(textOf(result), 'after 1 s');
  await api.requests.at(-1)?.aborted;
  assert.equal(await server.close(), cleanExit);
});

test('a failed turn says why, and is absent', async () => {
  const server = await start('binary', { TELEMETRYFLOW_MCP_CLAUDE_MAX_RETRIES: '0' });
  const { conversation_id } = (await call(server, 1, { message: 'One' })).structuredContent;
  api.next(fail(401, 'authentication_error'), fail(529, 'overloaded_error'));
  for (const [id, words] of [
    [2, 'ANTHROPIC_API_KEY'],
    [3, '529'],
  ] as const) {
    const result = await call(server, id, { message: 'Two', conversation_id });
    assert.ok(result.isError);
    assert.match(textOf(result), words);
    assert.not.match(textOf(result), TEST_API_KEY);
  }
  api.next(answer({ content: 'I can’t', stopReason: 'refusal' }));
  assert.match(textOf(await call(server, 4, { message: 'Two', conversation_id })), 'declined');
  await call(server, 5, { message: 'Three', conversation_id });
  assert.is(api.messageBodies.at(-1).messages.length, 3);
  assert.equal(await server.close(), cleanExit);
});

test('a turn whose answer is wrong leaves nothing, in a conversation or without one', async () => {
  const server = await start('bundle', {
    TELEMETRYFLOW_MCP_CLAUDE_MAX_RETRIES: '0',
    TELEMETRYFLOW_MCP_SECURITY_RATE_LIMIT_ENABLED: 'false',
  });
  const { conversation_id } = (await call(server, 1, { message: 'One' })).structuredContent;
  const wrong = Object.entries(wrongAnswers).map(([what, [events, words]]) => [what, events, words] as const);
  const tools = Object.entries(toolAnswers).map(
    ([what, events]) => [what, events, /^The model asked for a tool although none was offered/] as const,
  );
  let id = 2;
  for (const [what, events, words] of [...wrong, ...tools]) {
    for (const place of [{ conversation_id }, {}]) {
      api.next(sendEvents(...events));
      const result = await call(server, id++, { message: 'Two', ...place });
      assert.ok(result?.isError, what);
      assert.match(textOf(result), words);
    }
  }
  await call(server, id, { message: 'Three', conversation_id });
  assert.equal(
    api.messageBodies.at(-1).messages.map(({ content }: Frame) => content[0].text),
    ['One', 'You said: One', 'Three'],
  );
  assert.equal(await server.close(), cleanExit);
});

test('the tool sends again what it can’t show: the model’s thinking, unchanged', async () => {
  const server = await start('binary');
  const thinking = { type: 'thinking', thinking: 'Hm, let me see', signature: 'c2lnbmF0dXJl' };
  api.next(answer({ content: [thinking, { type: 'text', text: 'Yes' }] }));
  const { conversation_id, text } = (await call(server, 1, { message: 'Is it?' })).structuredContent;
  assert.is(text, 'Yes');
  await call(server, 2, { message: 'Why?', conversation_id });
  assert.equal(api.messageBodies[1].messages[1].content[0], thinking);
  assert.equal(await server.close(), cleanExit);
});

test('the tool warns the client of a model that it doesn’t know, and asks it all the same', async () => {
  const server = await start('binary');
  const result = await call(server, 1, { message: 'Hello', model: 'claude-opus-99', temperature: 0 });
  const warning = server.frames.find(({ method }) => method === 'notifications/message');
  assert.equal([warning?.params.level, warning?.params.logger], ['warning', 'claude']);
  assert.match(warning?.params.data, '"claude-opus-99"');
  assert.equal([api.messageBodies[0].model, api.messageBodies[0].temperature], ['claude-opus-99', 0]);
  assert.match(result.structuredContent?.text ?? textOf(result), /claude-opus-99|You said/);
  assert.equal(await server.close(), cleanExit);
});

test('the tool hands the file with the key to nobody', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'claude-key-')));
  const file = join(folder, 'key');
  writeFileSync(file, TEST_API_KEY);
  const server = startServer('binary', {
    args: ['serve', '--allow', folder],
    env: { ANTHROPIC_API_KEY_FILE: file, ANTHROPIC_BASE_URL: api.url },
  });
  await server.initialize();
  assert.is((await call(server, 1, { message: 'Hello' })).structuredContent.text, 'You said: Hello');
  const read = await server.request(2, 'tools/call', { name: 'read_file', arguments: { path: file } });
  assert.ok(read.result.isError);
  assert.equal(await server.close(), cleanExit);
  assert.not.ok(server.lines.join('\n').includes(TEST_API_KEY));
  rmSync(folder, { recursive: true });
});

test('without a key and without sampling says how to set one', async () => {
  const server = await start('binary', { ANTHROPIC_API_KEY: '' });
  const result = await call(server, 1, { message: 'Hello' });
  assert.ok(result.isError);
  for (const way of ['ANTHROPIC_API_KEY', 'claude.api_key_file']) assert.match(textOf(result), way);
  assert.equal(await server.close(), cleanExit);
});

test.run();
