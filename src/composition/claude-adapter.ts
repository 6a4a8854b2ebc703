import type { Claude } from '../application/ports/claude.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { lazily } from './lazily.ts';

/** The Claude API, loaded at its first call; none without a key. */
export function claudeAdapter({ claude: settings }: Configuration): Claude | undefined {
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
