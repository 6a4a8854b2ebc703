import type { Claude, ClaudeOptions, ClaudeReply, ClaudeRequest } from '../../../application/ports/claude.ts';
import type { ClaudeMetrics } from '../../../application/ports/telemetry.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';

/** Others are made up by callers. */
const OTHER = '_OTHER';

/** Measures what goes to Claude: how long it takes, and what it costs. */
export function meteredClaude(claude: Claude, { calls, firstChunks, tokens }: ClaudeMetrics): Claude {
  const send = async (request: ClaudeRequest, options: ClaudeOptions): Promise<ClaudeReply> => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    let first: number | undefined;
    const onText = (text: string) => {
      first ??= seconds();
      options.onText?.(text);
    };
    try {
      // A call is tried again only until a piece was told: who asks for none must be told none.
      const reply = await claude.send(request, options.onText ? { ...options, onText } : options);
      calls.record(seconds(), request.model, reply.model, undefined);
      if (first !== undefined) firstChunks.record(first, request.model);
      const { inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens } = reply.usage;
      const input = inputTokens + cacheCreationTokens + cacheReadTokens;
      tokens.record(input, request.model, reply.model, 'input');
      tokens.record(outputTokens, request.model, reply.model, 'output');
      return reply;
    } catch (error) {
      const isKnown = (await claude.standing(request.model)) !== 'unknown';
      calls.record(seconds(), isKnown ? request.model : OTHER, undefined, errorType(error, options.signal));
      throw error;
    }
  };
  return {
    send,
    countTokens: (...call) => claude.countTokens(...call),
    contextWindow: (...call) => claude.contextWindow(...call),
    standing: (...call) => claude.standing(...call),
  };
}

function errorType(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'cancelled';
  return error instanceof DomainError ? error.code : OTHER;
}
