import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answerByClaude } from '../../../../src/application/conversations/answer-by-claude.ts';
import { codeOf, failureOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { replyOf, ScriptedClaude } from './scripted-claude.ts';

const test = suite('answer by Claude');

function desk() {
  const claude = new ScriptedClaude();
  const logger = new RecordingLogger('info');
  const languageModel = answerByClaude(claude, logger);
  const logged: unknown[] = [];
  const context = fakeContext({ log: (level, data) => logged.push([level, data]) });
  const ask = (text: string, { knownTokens = 0, maxTokens = 4096, model = 'claude-a' } = {}) =>
    languageModel(
      { model, maxTokens, messages: [{ role: 'user', content: [{ type: 'text', text }] }] },
      { key: 'k', knownTokens },
      context,
    );
  return { claude, logger, logged, ask };
}

test('the model counts nothing that surely fits', async () => {
  const { claude, ask } = desk();
  await ask('x'.repeat(300_000));
  await ask('x', { knownTokens: 190_000 });
  assert.equal(claude.counted, []);
});

test('the model counts what could overflow, by what the API counted before and by what is new', async () => {
  const { claude, ask } = desk();
  claude.window = 1_000_000;
  await ask('x'.repeat(400_000));
  await ask('€'.repeat(200_000));
  await ask('x', { knownTokens: 196_000 });
  assert.is(claude.counted.length, 3);
});

test('the model asks for no more tokens than the context window has left', async () => {
  const { claude, ask } = desk();
  claude.window = 200_000;
  claude.tokens = 199_000;
  await ask('x', { knownTokens: 199_000 });
  assert.is(claude.requests[0]?.maxTokens, 1000);
});

test('the model sends nothing that fills the context window, and says how much it is', async () => {
  const { claude, ask } = desk();
  claude.window = 200_000;
  claude.tokens = 200_000;
  const failure = await failureOf(ask('x', { knownTokens: 199_000 }));
  assert.is(failure.code, 'claude.too-long');
  assert.match(failure.message, '200000 tokens');
  assert.equal(claude.requests, []);
});

test('the model leaves it to the API where the context window is not known', async () => {
  const { claude, ask } = desk();
  await ask('x', { knownTokens: 10_000_000 });
  assert.equal([claude.counted.length, claude.requests[0]?.maxTokens], [0, 4096]);
});

test('the model warns of a model that is not known, the log once, and asks it all the same', async () => {
  const { claude, logger, logged, ask } = desk();
  claude.standings = { 'claude-x': 'unknown', 'claude-1': 'retired' };
  for (const model of ['claude-x', 'claude-x', 'claude-1', 'claude-a']) await ask('Hi', { model });
  assert.equal(
    claude.requests.map(({ model }) => model),
    ['claude-x', 'claude-x', 'claude-1', 'claude-a'],
  );
  assert.equal(
    logged.map((entry) => (entry as string[])[0]),
    ['warning', 'warning', 'warning'],
  );
  assert.equal(
    logger.records.map(({ message }) => message),
    [
      'Model "claude-x" is not one that this version knows; it is asked for all the same',
      'Model "claude-1" is retired, or about to be',
    ],
  );
});

test('the model fills no log with names that a client makes up', async () => {
  const { claude, logger, ask } = desk();
  for (let n = 0; n < 150; n++) {
    claude.standings[`claude-${n}`] = 'unknown';
    await ask('Hi', { model: `claude-${n}` });
  }
  assert.is(logger.records.length, 100);
});

test('a refusal is an error, whatever it says', async () => {
  const { claude, ask } = desk();
  claude.replies.push(async () => replyOf('No', { stopReason: 'refusal' }));
  assert.is(await codeOf(ask('x')), 'claude.refused');
});

test('an answer that was cut before it began is an error that names the limit', async () => {
  const { claude, ask } = desk();
  claude.replies.push(async () => replyOf('', { stopReason: 'max_tokens' }));
  assert.is(await codeOf(ask('x', { maxTokens: 7 })), 'claude.max-tokens');
  claude.replies.push(async () => replyOf('So far', { stopReason: 'max_tokens' }));
  assert.is((await ask('x')).stopReason, 'max_tokens');
});

test('an answer with a tool that the API used itself, and its result, is one', async () => {
  const { claude, ask } = desk();
  const content = [
    { type: 'other', block: { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} } },
    { type: 'other', block: { type: 'web_search_tool_result', tool_use_id: 's1', content: [] } },
    { type: 'text', text: 'Found' },
  ] as const;
  claude.replies.push(async () => replyOf('', { content }));
  assert.equal((await ask('x')).content, content);
});

test.run();
