import type { AssistantBlock, UserBlock } from '../../domain/conversation/message.ts';
import type { Usage } from '../../domain/conversation/usage.ts';
import type { TraceContext } from '../request-context.ts';

export type ClaudeMessage =
  | { readonly role: 'user'; readonly content: readonly UserBlock[] }
  | { readonly role: 'assistant'; readonly content: readonly AssistantBlock[] };

/** A conversation as the model is to see it. Everything but the last message was there before: it is the prefix to cache. */
export interface ClaudePrompt {
  readonly model: string;
  readonly system?: string | undefined;
  /** Begins and ends with a user's; no content is empty. */
  readonly messages: readonly ClaudeMessage[];
}

/** A request. Undefined members aren't sent: models differ in which they take. */
export interface ClaudeRequest extends ClaudePrompt {
  /** Tokens of the answer. */
  readonly maxTokens: number;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
}

export interface ClaudeReply {
  /** In order, and such that it can be sent again as it is; can be empty. */
  readonly content: readonly AssistantBlock[];
  /** The one that answered. */
  readonly model: string;
  /**
   * As the API names it: `end_turn`, `max_tokens`, `stop_sequence`, `tool_use`, `pause_turn`, `refusal`,
   * `model_context_window_exceeded`, or a newer one. A refusal is a reply here, not an error.
   */
  readonly stopReason: string;
  readonly usage: Usage;
}

export interface ClaudeOptions {
  /** Sent along, so that whoever serves the API can tell what its work was a part of. */
  readonly trace?: TraceContext | undefined;
  /** Ends the HTTP request; the call then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called with each piece of text as it comes, in order; together they are the text blocks of the reply. Never again after the end. */
  readonly onText?: ((text: string) => void) | undefined;
}

/** A build's knowledge of a model, without asking anybody. */
export type ModelStanding = 'known' | 'unknown' | 'retired';

/**
 * The Claude API, with a key. Streams always. Retries what is worth it, as often as configured, honouring `Retry-After`, until the
 * signal; once text was told, never again, since it can't be taken back.
 *
 * Failures are DomainErrors whose message says in one sentence what failed and what to do, without the key and without the raw
 * body (what the API says in `error.message` may be quoted, cut to 300 characters, redacted by its form):
 *
 * - `claude.authentication` (forbidden), 401: the key is wrong; names the two ways to set one
 * - `claude.permission` (forbidden), 403, and 402 `billing_error`
 * - `claude.model-not-found` (not-found), 404: names the model and the default one
 * - `claude.too-long` (invalid), 413, and a 400 that says that the prompt is too long
 * - `claude.invalid-request` (invalid), any other 4xx: quotes what the API says
 * - `claude.rate-limited` (exhausted), 429: says after how many seconds to try again, if the API did; `details.retryAfter` has them
 * - `claude.overloaded` (unavailable), 529, also in the middle of a stream
 * - `claude.unavailable` (unavailable), 5xx, and an answer that isn't one
 * - `claude.network` (unavailable), no connection, TLS, or a stream that breaks off: names the host, never a path or query
 * - `claude.timeout` (unavailable), 408, 504, and no answer within the configured time
 */
export interface Claude {
  /** The answer, whole: a stream that ends without its end is a `claude.network`, however much text was told. */
  send(request: ClaudeRequest, options: ClaudeOptions): Promise<ClaudeReply>;

  /** The tokens of a prompt, as the API would count them. */
  countTokens(prompt: ClaudePrompt, signal: AbortSignal): Promise<number>;

  /**
   * Tokens that prompt and answer may have together; undefined where that can't be learned, which is no failure. May ask the API,
   * and keeps what it learned.
   */
  contextWindow(model: string, signal: AbortSignal): Promise<number | undefined>;

  standing(model: string): Promise<ModelStanding>;
}
