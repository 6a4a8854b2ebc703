import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientNames } from '../support/create-sdk-client.ts';
import { connect, killServers } from '../support/official-client.ts';
import type { Frame } from '../support/server-process.ts';

const NAME = 'claude_conversation';

for (const name of clientNames) {
  const test = suite(`${name}: a conversation with the client's own model`);
  test.after(killServers);

  /** A client whose model answers with the number of its call, or as the test says. */
  function connectModel(asked: Frame[], give?: () => Frame) {
    return connect(name, 'binary', {
      capabilities: { sampling: {} },
      answers: {
        'sampling/createMessage': async (params) => {
          asked.push(params);
          const text = `Answer ${asked.length}`;
          return give?.() ?? { role: 'assistant', model: 'their-model', content: { type: 'text', text } };
        },
      },
    });
  }

  test('the conversation goes on by its id, and says whose model it was', async () => {
    const asked: Frame[] = [];
    const { callTool, close } = await connectModel(asked);
    const first = await callTool(NAME, { message: 'Hi', system_prompt: 'Be brief', max_tokens: 50 });
    const { conversation_id, ...said } = first.structuredContent;
    assert.equal(said, { text: 'Answer 1', model: 'their-model', stop_reason: 'end_turn' });
    assert.match(first.content[1].text, 'sampling');
    assert.equal([asked[0].systemPrompt, asked[0].maxTokens], ['Be brief', 50]);
    const second = await callTool(NAME, { message: 'And?', conversation_id });
    assert.is(second.structuredContent.conversation_id, conversation_id);
    assert.is(second.structuredContent.text, 'Answer 2');
    assert.equal(
      asked[1].messages.map(({ role, content }: Frame) => [role, content.text]),
      [
        ['user', 'Hi'],
        ['assistant', 'Answer 1'],
        ['user', 'And?'],
      ],
    );
    await close();
  });

  test('the conversation leaves nothing of a turn that the model said nothing to', async () => {
    const asked: Frame[] = [];
    const silent = { role: 'assistant', model: 'm', content: { type: 'text', text: ' ' } };
    const given: (Frame | undefined)[] = [undefined, silent];
    const { callTool, close } = await connectModel(asked, () => given.shift());
    const { conversation_id } = (await callTool(NAME, { message: 'Hi' })).structuredContent;
    const refused = await callTool(NAME, { message: 'Lost', conversation_id });
    assert.is(refused.isError, true);
    await callTool(NAME, { message: 'Kept', conversation_id });
    assert.equal(
      asked.at(-1).messages.map(({ content }: Frame) => content.text),
      ['Hi', 'Answer 1', 'Kept'],
    );
    await close();
  });

  test.run();
}
