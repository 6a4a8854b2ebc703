import { Anthropic } from '@anthropic-ai/sdk';
import type {
  Claude,
  ClaudeOptions,
  ClaudePrompt,
  ClaudeReply,
  ClaudeRequest,
  ModelStanding,
} from '../../application/ports/claude.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { outgoingFetch } from '../network/outgoing-fetch.ts';
import { claudeFailure, timedOut } from './claude-failure.ts';
import { claudeFetch, fetchUntil } from './claude-fetch.ts';
import { decodeMessage } from './decode-message.ts';
import { encodePrompt, encodeRequest } from './encode-prompt.ts';
import { standingOf, today } from './models.ts';

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

  async send(request: ClaudeRequest, { signal, onText }: ClaudeOptions): Promise<ClaudeReply> {
    const { model, maxTokens } = request;
    return await this.call({ model, maxTokens, signal }, async (client, options) => {
      const stream = client.messages.stream(encodeRequest(request), options);
      if (onText) stream.on('text', (piece) => onText(piece));
      const reply = decodeMessage(await stream.finalMessage());
      if (reply === undefined) throw new Error('Expected the message to end, got no "stop_reason"');
      return reply;
    });
  }

  async countTokens(prompt: ClaudePrompt, signal: AbortSignal): Promise<number> {
    return await this.call({ model: prompt.model, signal }, async (client, options) => {
      const { input_tokens } = await client.messages.countTokens(encodePrompt(prompt), options);
      if (!Number.isSafeInteger(input_tokens)) throw new Error('Expected "input_tokens" to be a number');
      return input_tokens;
    });
  }

  async contextWindow(model: string, signal: AbortSignal): Promise<number | undefined> {
    const known = this.windows.get(model);
    if (known !== undefined) return known;
    try {
      const { max_input_tokens: window } = await this.call(
        { model, signal },
        async (client, options) => await client.models.retrieve(model, {}, options),
      );
      if (typeof window !== 'number') return undefined;
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
