import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Answers, Questions } from '../../../../../src/application/asking.ts';
import { InputRequired } from '../../../../../src/application/asking.ts';
import type { RequestContext } from '../../../../../src/application/request-context.ts';
import { claudeConversationTool } from '../../../../../src/application/tools/claude-conversation/claude-conversation.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import type { ToolResult } from '../../../../../src/domain/tool/tool-result.ts';
import { failureOf } from '../../../../support/failure.ts';
import { conversationDesk } from '../../conversations/conversation-desk.ts';
import { replyOf, ScriptedClaude } from '../../conversations/scripted-claude.ts';
import { fakeContext } from '../../fake-context.ts';

const test = suite('claude_conversation');

function toolOver(claude: ScriptedClaude | undefined) {
  const desk = conversationDesk(claude);
  const conversing = { createConversation: desk.create, sendMessage: desk.send };
  const tool = claudeConversationTool({ conversing, clock: desk.clock, limits: { claudeTimeout: 77 } });
  const call = async (args: JsonObject, context: RequestContext = fakeContext()) => {
    const result = await tool.run(args, context);
    const value = result.structuredContent as Readonly<Record<string, string>> | undefined;
    return { ...result, value };
  };
  return { ...desk, tool: tool.tool, call };
}

const textsOf = ({ content }: ToolResult) =>
  content.map((block) => (block.type === 'text' ? block.text : block.type));

/** Answers its questions as a client of the modern era does: by calling again. */
function samplingContext(given: Record<string, object>): RequestContext {
  const ask = async <Asked extends Questions>(questions: Asked): Promise<Answers<Asked>> => {
    const open = Object.fromEntries(Object.entries(questions).filter(([key]) => !(key in given)));
    if (Object.keys(open).length > 0) throw new InputRequired(open);
    return given as Answers<Asked>;
  };
  return fakeContext({ ask, client: { name: 'test', version: '1', can: (what) => what === 'sampling' } });
}

test('the tool says how many run at once and how long one may take', () => {
  const { tool } = toolOver(new ScriptedClaude());
  assert.equal([tool.concurrency, tool.timeout], [4, 77]);
});

test('the tool opens a conversation, and continues it by its id', async () => {
  const claude = new ScriptedClaude();
  const { call } = toolOver(claude);
  const first = await call({ message: 'Hi', model: 'claude-b', max_tokens: 9, temperature: 0 });
  assert.equal(first.value, {
    conversation_id: first.value?.['conversation_id'],
    text: 'Answer 1',
    model: 'claude-answering',
    stop_reason: 'end_turn',
    usage: {
      input_tokens: 3,
      output_tokens: 5,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  });
  assert.equal(textsOf(first), [JSON.stringify(first.value)]);
  const second = await call({ message: 'And?', conversation_id: first.value?.['conversation_id'] });
  assert.is(second.value?.['conversation_id'], first.value?.['conversation_id']);
  assert.is(claude.requests[1]?.messages.length, 3);
  const { model, maxTokens, temperature } = claude.requests[0] ?? {};
  assert.equal([model, maxTokens, temperature], ['claude-b', 9, 0]);
});

test('the tool tells all of the answer before it answers', async () => {
  const claude = new ScriptedClaude();
  const { call } = toolOver(claude);
  claude.replies.push(async (_request, { onText }) => {
    for (const piece of ['On', 'e, ', 'two']) onText?.(piece);
    return replyOf('One, two');
  });
  const told: (string | undefined)[] = [];
  await call({ message: 'Hi' }, fakeContext({ progress: (_value, _total, message) => told.push(message) }));
  assert.equal(told, ['On', 'e, two']);
});

test('the tool says that an answer was cut, and how to go on', async () => {
  const claude = new ScriptedClaude();
  const { call } = toolOver(claude);
  for (const [stopReason, way] of [
    ['max_tokens', 'max_tokens'],
    ['model_context_window_exceeded', 'conversation_id'],
  ] as const) {
    claude.replies.push(async () => replyOf('So far', { stopReason }));
    const result = await call({ message: 'Hi' });
    assert.is(result.isError, false);
    assert.is(result.value?.['stop_reason'], stopReason);
    assert.match(textsOf(result)[1] ?? '', `"${way}"`);
    assert.is(result.json, undefined, 'what is sent is all of the content');
  }
});

test('the tool puts nothing between the blocks of one text', async () => {
  const claude = new ScriptedClaude();
  const { call } = toolOver(claude);
  const content = ['a', 'b'].map((text) => ({ type: 'text', text }) as const);
  claude.replies.push(async () => replyOf('', { content }));
  assert.is((await call({ message: 'Hi' })).value?.['text'], 'ab');
});

test('without a key has the client’s model answer, says so, and creates nothing before it has', async () => {
  const { call, list, told } = toolOver(undefined);
  const unwound = await failureOf(call({ message: 'Hi' }, samplingContext({})));
  assert.instance(unwound, InputRequired);
  assert.equal(Object.keys(unwound.open), ['answer-0']);
  assert.equal(await list({ limit: 5 }, fakeContext()), []);
  assert.equal(told, []);
  const answer = { role: 'assistant', content: { type: 'text', text: 'Yes' }, model: 'their-model' };
  const result = await call({ message: 'Hi' }, samplingContext({ 'answer-0': answer }));
  const { conversation_id, ...rest } = result.value ?? {};
  assert.equal(rest, { text: 'Yes', model: 'their-model', stop_reason: 'end_turn' });
  assert.match(textsOf(result)[1] ?? '', 'This client’s own model answered');
  assert.is((await list({ limit: 5 }, fakeContext())).length, 1);
});

test('the tool asks the client anew where the conversation went on between its rounds', async () => {
  const { call } = toolOver(undefined);
  const answer = (text: string) => ({ role: 'assistant', content: { type: 'text', text }, model: 'm' });
  const begun = await call({ message: 'Hi' }, samplingContext({ 'answer-0': answer('Hello') }));
  const conversation_id = begun.value?.['conversation_id'];
  const mine = { message: 'Mine', conversation_id };
  const { open } = await failureOf(call(mine, samplingContext({})));
  assert.equal(Object.keys(open), ['answer-1']);
  const theirs = { message: 'Theirs', conversation_id };
  await call(theirs, samplingContext({ 'answer-1': answer('To theirs') }));
  const again = await failureOf(call(mine, samplingContext({ 'answer-1': answer('To mine, too early') })));
  assert.equal(Object.keys(again.open), ['answer-2']);
});

test('the tool refuses arguments that fit nothing', async () => {
  const { call } = toolOver(new ScriptedClaude());
  for (const args of [
    {},
    { message: 5 },
    { message: 'x', temperature: 1.1 },
    { message: 'x', max_tokens: 0.5 },
  ])
    assert.is((await call(args as JsonObject)).isError, true, JSON.stringify(args));
});

test.run();
