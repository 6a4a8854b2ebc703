import { Anthropic } from '@anthropic-ai/sdk';
import type {
  Claude,
  ClaudeOptions,
  ClaudePrompt,
  ClaudeReply,
  ClaudeRequest,
  ModelStanding,
} from '../../application/ports/claude.ts';
import type { TraceContext } from '../../application/request-context.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { outgoingFetch } from '../network/outgoing-fetch.ts';
import { expectCount, isTokenCount } from './answer-members.ts';
import { claudeFailure, timedOut } from './claude-failure.ts';
import { claudeFetch, fetchUntil } from './claude-fetch.ts';
import { encodePrompt, encodeRequest } from './encode-prompt.ts';
import { standingOf, today } from './models.ts';
import { readAnswer } from './read-answer.ts';

export interface AnthropicClaudeOptions {
  readonly apiKey: string;
  /** As in "https://api.anthropic.com", without "/v1". */
  readonly baseUrl: string;
  /** For one call, its retries and waiting included. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

interface Call {
  readonly model: string;
  readonly signal: AbortSignal;
  /** Of the answer, if the model is to give one. */
  readonly maxTokens?: number;
}

/** The Claude API by its official SDK, whose weight is why composition loads this module at the first call. */
export class AnthropicClaude implements Claude {
  private readonly options: AnthropicClaudeOptions;
  private readonly fetch = outgoingFetch();
  private readonly windows = new Map<string, number>();

  constructor(options: AnthropicClaudeOptions) {
    this.options = options;
  }

  async send(request: ClaudeRequest, { signal, onText, trace }: ClaudeOptions): Promise<ClaudeReply> {
    const { model, maxTokens } = request;
    const headers = trace && traceHeaders(trace);
    return await this.call({ model, maxTokens, signal }, async (client, options) => {
      const events = await client.messages.create(encodeRequest(request), {
        ...options,
        ...(headers && { headers }),
      });
      return await readAnswer(events, onText);
    });
  }

  async countTokens(prompt: ClaudePrompt, signal: AbortSignal): Promise<number> {
    return await this.call({ model: prompt.model, signal }, async (client, options) => {
      const { input_tokens } = await client.messages.countTokens(encodePrompt(prompt), options);
      return expectCount('input_tokens', input_tokens);
    });
  }

  async contextWindow(model: string, signal: AbortSignal): Promise<number | undefined> {
    const known = this.windows.get(model);
    if (known !== undefined) return known;
    try {
      const window = await this.call(
        { model, signal },
        async (client, options) => (await client.models.retrieve(model, {}, options)).max_input_tokens,
      );
      if (!isTokenCount(window) || window === 0) return undefined;
      this.windows.set(model, window);
      return window;
    } catch (error) {
      // Gateways have no such endpoint; whatever fails else, the send itself says better.
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }

  standing(model: string): Promise<ModelStanding> {
    return Promise.resolve(standingOf(model, today()));
  }

  /** One use of the API within the time for it. @throws the signal's reason; DomainError as the port says */
  private async call<T>(
    { model, signal, maxTokens = 0 }: Call,
    use: (client: Anthropic, options: Anthropic.RequestOptions) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const { apiKey, baseUrl, timeoutMs } = this.options;
    const timeUp = AbortSignal.timeout(timeoutMs);
    try {
      return await use(this.client(performance.now() + timeoutMs, maxTokens), {
        signal: AbortSignal.any([signal, timeUp]),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (timeUp.aborted) throw timedOut(timeoutMs);
      throw claudeFailure(error, { model, baseUrl, apiKey });
    }
  }

  /** Made for each call, which is cheap, since the deadline is the call's; connections are Node.js's, and kept. */
  private client(deadline: number, maxTokens: number): Anthropic {
    const { apiKey, baseUrl, timeoutMs, maxRetries } = this.options;
    return new Anthropic({
      apiKey,
      baseURL: baseUrl,
      timeout: timeoutMs,
      maxRetries,
      fetch: fetchUntil(deadline, claudeFetch(this.fetch, maxTokens)),
      // ANTHROPIC_LOG would have it log headers and bodies.
      logLevel: 'off',
      openTelemetry: false,
    });
  }
}

/** W3C Trace Context. Never baggage: it can tell of the client's users. */
function traceHeaders({ traceparent, tracestate }: TraceContext): Record<string, string> {
  return { traceparent, ...(tracestate !== undefined && { tracestate }) };
}
