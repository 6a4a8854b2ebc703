import type { ApplicationSettings } from '../application/application.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';

/** Settings of models where a call doesn't say. What is the API's own default is left to it: not every model takes it. */
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
