import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, clientNames } from '../support/create-sdk-client.ts';
import { connect, eraOf, killServers } from '../support/official-client.ts';
import type { Frame } from '../support/server-process.ts';

const everything = { elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true } };

/** A user who says who they are, a model, an editor with a folder; `asked` hears every question. */
function answersOf(asked: Frame[], names: readonly string[]): Required<Answers> {
  const left = names.values();
  return {
    'elicitation/create': async (params) => {
      asked.push(params);
      return params.mode === 'url'
        ? { action: 'accept' }
        : { action: 'accept', content: { name: left.next().value } };
    },
    'sampling/createMessage': async (params) => {
      asked.push(params);
      return { role: 'assistant', model: 'a-model', content: { type: 'text', text: 'Very well.' } };
    },
    'roots/list': async () => ({ roots: [{ uri: 'file:///srv/project', name: 'project' }] }),
  };
}

for (const name of clientNames) {
  const test = suite(`${name}: questions to the client`);
  const modern = eraOf(name) === 'modern';
  test.after(killServers);

  const connectWith = (answers: Answers) => connect(name, 'fixture', { capabilities: everything, answers });

  test('a tool asks the user with a form', async () => {
    const asked: Frame[] = [];
    const { callTool, close } = await connectWith(answersOf(asked, ['Ada']));
    assert.equal((await callTool('ask_name')).content[0].text, 'Hello, Ada!');
    assert.is(asked.length, 1);
    assert.is(asked[0].message, 'Who are you?');
    assert.equal(asked[0].requestedSchema.required, ['name']);
    await close();
  });

  test('a tool takes no for an answer', async () => {
    const { callTool, close } = await connectWith({
      'elicitation/create': async () => ({ action: 'decline' }),
    });
    assert.equal((await callTool('ask_name')).content[0].text, 'You said decline');
    await close();
  });

  test('a tool asks again on the ground of the first answer, and for the folders', async () => {
    const asked: Frame[] = [];
    const { callTool, close } = await connectWith(answersOf(asked, ['Ada', 'Grace']));
    const { content } = await callTool('ask_twice', { topic: 'friends' });
    assert.is(content[0].text, 'Ada and Grace in file:///srv/project');
    assert.equal(
      asked.map(({ message }) => message),
      ['Who are you?', 'And your friend, Ada?'],
    );
    await close();
  });

  test("a tool asks the client's model", async () => {
    const asked: Frame[] = [];
    const { callTool, close } = await connectWith(answersOf(asked, []));
    const { content } = await callTool('ask_model');
    assert.match(content[0].text, /^a-model: .*Very well\./);
    assert.is(asked[0].maxTokens, 100);
    assert.equal(asked[0].messages, [{ role: 'user', content: { type: 'text', text: 'Well?' } }]);
    await close();
  });

  test('a tool sends the user to a page', async () => {
    const asked: Frame[] = [];
    const { callTool, close } = await connectWith(answersOf(asked, []));
    assert.equal((await callTool('ask_url')).content[0].text, 'accept');
    assert.is(asked[0].url, 'https://example.com/sign-in');
    await close();
  });

  test('a tool asks while it reads a resource or gets a prompt', async () => {
    const { client, close } = await connectWith(answersOf([], ['Ada', 'Grace']));
    if (!modern) await client.sendRootsListChanged();
    const { contents } = await client.readResource({ uri: 'test://asking' });
    assert.is(contents[0].text, 'read by Ada');
    const { messages } = await client.getPrompt({ name: 'ask' });
    assert.is(messages[0].content.text, 'by Grace');
    await close();
  });

  test('a tool asks nothing of a client that has nobody to ask', async () => {
    const { callTool, close } = await connect(name, 'fixture');
    assert.equal((await callTool('ask_if_possible')).content[0].text, 'nobody to ask');
    const refusal = await callTool('ask_name').catch((error) => error);
    if (modern) {
      assert.is(refusal.code, -32021);
      assert.ok(refusal.data.requiredCapabilities.elicitation);
    } else {
      assert.is(refusal.isError, true);
      assert.match(refusal.content[0].text, 'elicitation');
    }
    await close();
  });

  test.run();
}
