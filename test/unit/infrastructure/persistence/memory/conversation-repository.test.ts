import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryConversationRepository } from '../../../../../src/infrastructure/persistence/memory/conversation-repository.ts';
import {
  addTurn,
  conversationId,
  openConversation,
  turnOf,
} from '../../../../support/sample-conversation.ts';

const test = suite('MemoryConversationRepository');

const idsOf = async (conversations: MemoryConversationRepository) =>
  (await conversations.list('ada', 100)).map(({ id }) => id as string).sort();

async function repositoryOf(names: readonly string[], maxConversations: number, maxCharacters = 1_000_000) {
  const conversations = new MemoryConversationRepository({ maxConversations, maxCharacters });
  for (const name of names) await conversations.add(openConversation(name));
  return conversations;
}

test('the repository forgets the conversation that was used longest ago', async () => {
  const conversations = await repositoryOf(['a', 'b', 'c'], 3);
  await conversations.find(conversationId('a'));
  await conversations.update(conversationId('b'), () => undefined);
  await conversations.add(openConversation('d'));
  assert.equal(await idsOf(conversations), ['a', 'b', 'd']);
  await conversations.add(openConversation('e'));
  assert.equal(await idsOf(conversations), ['b', 'd', 'e']);
});

test('the repository forgets conversations when all together get too long, never the one that grows', async () => {
  const conversations = await repositoryOf(['a', 'b', 'c'], 100, 5000);
  const grow = (name: string, length: number) =>
    conversations.update(conversationId(name), (one) => addTurn(one, turnOf('x'.repeat(length))));
  await grow('a', 1000);
  await grow('b', 1000);
  assert.equal(await idsOf(conversations), ['a', 'b', 'c']);
  await grow('b', 1000);
  assert.equal(await idsOf(conversations), ['b']);
  await grow('b', 10_000);
  assert.equal(await idsOf(conversations), ['b']);
  await conversations.add(openConversation('d'));
  assert.equal(await idsOf(conversations), ['d']);
  await conversations.add(openConversation('e'));
  assert.equal(await idsOf(conversations), ['d', 'e']);
});

test.run();
