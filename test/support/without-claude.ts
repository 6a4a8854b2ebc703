import type { ApplicationAdapters, ApplicationSettings } from '../../src/application/application.ts';
import { MemoryStore } from '../../src/infrastructure/persistence/memory/memory-store.ts';
import { StoredConversations } from '../../src/infrastructure/persistence/stored-conversations.ts';

/** An empty store with room for what a test does. */
export const memoryStore = () =>
  new MemoryStore({ maxAggregates: 100, maxCharacters: 1_000_000, maxEvents: 1000 });

/** Adapters for an application that has no key for Claude. */
export const withoutClaude = (): Pick<ApplicationAdapters, 'claude' | 'conversations'> => ({
  claude: undefined,
  conversations: new StoredConversations(memoryStore()),
});

export const plainSettings: ApplicationSettings = {
  toolTimeout: 30,
  conversation: {
    settings: { model: 'claude-test', maxTokens: 100 },
    limits: { maxMessages: 100, maxTokens: 1_000_000 },
  },
};
