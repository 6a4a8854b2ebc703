import type { ApplicationAdapters } from '../application/application.ts';
import type { Claude } from '../application/ports/claude.ts';
import type { Logger } from '../application/ports/logger.ts';
import { lazily } from '../domain/shared/lazily.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { UuidV7Generator } from '../infrastructure/identity/uuid-v7-generator.ts';
import { MemoryConversationRepository } from '../infrastructure/persistence/memory/conversation-repository.ts';
import { MemorySessionRepository } from '../infrastructure/persistence/memory/session-repository.ts';
import { SystemClock } from '../infrastructure/system/system-clock.ts';

/** Characters of all conversations in memory, twice as many bytes at most. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/**
 * Adapters of the application's ports, as the configuration chooses them; none connects or loads anything heavy before its first
 * call. One that has to be closed is added to the process's lifetimes by whoever opens it.
 */
export function openAdapters(configuration: Configuration, logger: Logger): ApplicationAdapters {
  const { max_conversations: maxConversations } = configuration.claude;
  return {
    sessions: new MemorySessionRepository(),
    conversations: new MemoryConversationRepository({ maxConversations, maxCharacters: MAX_CHARACTERS }),
    claude: claudeAdapter(configuration),
    clock: new SystemClock(),
    ids: new UuidV7Generator(),
    logger,
  };
}

/** The Claude API, loaded at its first call; none without a key. */
function claudeAdapter({ claude: settings }: Configuration): Claude | undefined {
  const { api_key: apiKey, base_url: baseUrl, timeout, max_retries: maxRetries } = settings;
  if (apiKey === undefined) return undefined;
  const claude = lazily(async () => {
    const { AnthropicClaude } = await import('../infrastructure/claude/anthropic-claude.ts');
    return new AnthropicClaude({ apiKey, baseUrl, timeoutMs: timeout * 1000, maxRetries });
  });
  return {
    send: async (...call) => await (await claude()).send(...call),
    countTokens: async (...call) => await (await claude()).countTokens(...call),
    contextWindow: async (...call) => await (await claude()).contextWindow(...call),
    standing: async (...call) => await (await claude()).standing(...call),
  };
}
