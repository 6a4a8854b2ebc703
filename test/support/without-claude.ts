import type { ApplicationAdapters, ApplicationSettings } from '../../src/application/application.ts';
import { MemoryConversationRepository } from '../../src/infrastructure/persistence/memory/conversation-repository.ts';

/** Adapters for an application that has no key for Claude. */
export const withoutClaude = (): Pick<ApplicationAdapters, 'claude' | 'conversations'> => ({
  claude: undefined,
  conversations: new MemoryConversationRepository({ maxConversations: 10, maxCharacters: 1_000_000 }),
});

export const plainSettings: ApplicationSettings = {
  toolTimeout: 30,
  conversation: {
    settings: { model: 'claude-test', maxTokens: 100 },
    limits: { maxMessages: 100, maxTokens: 1_000_000 },
  },
};
