import type { ApplicationAdapters, ApplicationSettings } from '../application/application.ts';
import type { Configuration } from '../infrastructure/config/schema.ts';
import { MemoryConversationRepository } from '../infrastructure/persistence/memory/conversation-repository.ts';
import { claudeAdapter } from './claude-adapter.ts';

/** Characters of all conversations in memory, twice as many bytes at most. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

export function conversationAdapters(
  configuration: Configuration,
): Pick<ApplicationAdapters, 'claude' | 'conversations'> {
  const { max_conversations: maxConversations } = configuration.claude;
  return {
    claude: claudeAdapter(configuration),
    conversations: new MemoryConversationRepository({ maxConversations, maxCharacters: MAX_CHARACTERS }),
  };
}

/** How models are asked where a call doesn't say. What is the API's own default is left to it: not every model takes it. */
export function conversationSettings({ claude }: Configuration): ApplicationSettings['conversation'] {
  const { temperature, top_p, top_k } = claude;
  return {
    settings: {
      model: claude.default_model,
      maxTokens: claude.max_tokens,
      ...(temperature !== 1 && { temperature }),
      ...(top_p !== 1 && { topP: top_p }),
      ...(top_k !== 0 && { topK: top_k }),
    },
    limits: { maxMessages: claude.max_messages, maxTokens: claude.max_conversation_tokens },
  };
}
