import type { ApplicationAdapters } from '../application/application.ts';
import type { Claude } from '../application/ports/claude.ts';
import type { Logger } from '../application/ports/logger.ts';
import { lazily } from '../domain/shared/lazily.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { UuidV7Generator } from '../infrastructure/identity/uuid-v7-generator.ts';
import { MemorySessionRepository } from '../infrastructure/persistence/memory/session-repository.ts';
import { StoredConversations } from '../infrastructure/persistence/stored-conversations.ts';
import { SystemClock } from '../infrastructure/system/system-clock.ts';
import type { Lifetimes } from './lifetimes.ts';
import { type OpenedStore, openMemory, openStore } from './open-store.ts';
import type { TracedAdapters } from './traced-adapters.ts';

export interface OpenedAdapters extends ApplicationAdapters, OpenedStore {}

export interface AdapterContext {
  readonly host: ConfigurationHost;
  readonly logger: Logger;
  readonly lifetimes: Lifetimes;
  /** Tells what adapters do; absent where nothing is traced, and then nothing is in their way. */
  readonly traced?: TracedAdapters | undefined;
}

/**
 * Adapters of the application's ports, as the configuration chooses them; none connects or loads anything heavy before its first
 * call. One that has to be closed is added to the process's lifetimes by whoever opens it.
 */
export function openAdapters(
  configuration: Configuration,
  { host, logger, lifetimes, traced }: AdapterContext,
): OpenedAdapters {
  const untraced = openStore(configuration, { host, logger, lifetimes });
  const opened = traced?.store(untraced) ?? untraced;
  const claude = claudeAdapter(configuration);
  return {
    ...opened,
    sessions: new MemorySessionRepository(),
    conversations: openConversations(configuration, opened),
    claude: claude && (traced?.claude(claude, configuration.claude.base_url) ?? claude),
    clock: new SystemClock(),
    ids: new UuidV7Generator(),
    logger,
  };
}

function openConversations(configuration: Configuration, opened: OpenedStore): StoredConversations {
  const isKept = opened.file === undefined || configuration.database.keep_conversations;
  const { store, forgets } = isKept
    ? opened
    : openMemory(configuration, 'database.keep_conversations is false');
  return new StoredConversations(store, forgets);
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
