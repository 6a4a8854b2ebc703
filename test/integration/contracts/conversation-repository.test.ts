import { suite } from 'uvu';
import { MemoryConversationRepository } from '../../../src/infrastructure/persistence/memory/conversation-repository.ts';
import { conversationRepositoryContract } from '../../support/contract-conversation-repository.ts';

const memory = suite('ConversationRepository: memory');
conversationRepositoryContract(
  memory,
  async () => new MemoryConversationRepository({ maxConversations: 100, maxCharacters: 1_000_000 }),
);
memory.run();
