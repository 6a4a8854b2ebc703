import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { createRedactor } from '../../domain/policy/redact.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { AnswerTooLong, redirectedTo } from '../network/bounded-fetch.ts';
import { retryAfter } from '../network/retry-after.ts';
import { UnusableAnswer } from './answer-members.ts';
import { connectionCode, connectionFailure } from './connection-failure.ts';
import { currentModel } from './model-table.ts';
import { nearestModel, today } from './models.ts';
import { UnfinishedAnswer } from './read-answer.ts';

/** Seconds; whoever wants more has miscounted. */
const LONGEST_WAIT = 30 * 24 * 3600;

/** A failed request, and the one that it was sent to. */
export interface FailedCall {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Longest quotation of what the API says. */
const LONGEST_QUOTE = 300;

/**
 * Names a failure of the SDK as the port does. Neither the key nor the body is in the result, which has no `cause` either:
 * the SDK's errors carry both.
 */
export function claudeFailure(error: unknown, call: FailedCall): DomainError {
  const host = hostOf(call.baseUrl);
  const excess = excessOf(error);
  if (excess !== undefined) return tooMuch(excess, host);
  if (!(error instanceof APIError)) return unreadable(error, host);
  if (error instanceof APIConnectionTimeoutError) return connectionFailure(undefined, host);
  if (error instanceof APIConnectionError) return connectionFailure(error.cause, host);
  return answered(error, call, host);
}

/** For a call that took all the time it had. */
export function timedOut(timeoutMs: number): DomainError {
  return new DomainError(
    'claude.timeout',
    'unavailable',
    `Claude did not answer within ${timeoutMs / 1000} s ("claude.timeout"): ask for less, or allow more`,
  );
}

/** A failure that the API told: by status, or in a stream, whose status was 200 by then, by type. */
function answered(error: APIError, call: FailedCall, host: string): DomainError {
  const status = error.status ?? statusOf(error.type);
  const target = error.headers && redirectedTo({ status, headers: error.headers }, call.baseUrl);
  if (target !== undefined) return redirected(status, target, host);
  const quote = quoteOf(error, call.apiKey);
  switch (status) {
    case 401:
      return new DomainError(
        'claude.authentication',
        'forbidden',
        `Claude refused the API key (401): set a valid one as ANTHROPIC_API_KEY where tfo-mcp is started (your shell, or the client's "env"), or in the file that "claude.api_key_file" names`,
      );
    case 402:
      return new DomainError(
        'claude.permission',
        'forbidden',
        `Claude refused for reasons of billing (402)${quote}: check the plan and the balance of the API key's organization`,
      );
    case 403:
      return new DomainError(
        'claude.permission',
        'forbidden',
        `The API key may not do this (403)${quote}: use a key with access to model "${call.model}"`,
      );
    case 404:
      return notFound(error, call, host);
    case 408:
    case 504:
      return new DomainError(
        'claude.timeout',
        'unavailable',
        `Claude took too long to answer (${status}): try again, or ask for less`,
      );
    case 413:
      return tooLong(quote);
    case 429:
      return rateLimited(error, quote);
    case 529:
      return new DomainError(
        'claude.overloaded',
        'unavailable',
        'Claude is overloaded (529): try again in a minute',
      );
  }
  if (status >= 500) {
    return new DomainError(
      'claude.unavailable',
      'unavailable',
      `Claude failed (${status}): try again; if it stays, see status.claude.com`,
    );
  }
  if (status < 400) {
    return new DomainError(
      'claude.unavailable',
      'unavailable',
      `Expected an answer of the Messages API from "${host}", got the status ${status}: check "claude.base_url"`,
    );
  }
  if (/prompt is too long|context (?:window|limit)/i.test(error.apiMessage ?? '')) return tooLong(quote);
  return new DomainError(
    'claude.invalid-request',
    'invalid',
    `Claude refused the request (${status})${quote}: change what it names`,
  );
}

/** Refuses a redirect: the request is meant for the server of "claude.base_url", and for nobody that a gateway may name. */
function redirected(status: number, target: string, host: string): DomainError {
  return new DomainError(
    'claude.redirected',
    'unavailable',
    `"${host}" redirects to "${target}" (${status}), which is not followed: set "claude.base_url" to where the Messages API is`,
  );
}

function tooMuch({ mostBytes }: AnswerTooLong, host: string): DomainError {
  return new DomainError(
    'claude.answer-too-long',
    'unavailable',
    `Expected at most ${mostBytes} bytes from "${host}", which is more than an answer can have, got more: check "claude.base_url", or raise "max_tokens"`,
  );
}

/** Finds the answer that was too long in the chain of causes: the SDK has its own error before it. */
function excessOf(error: unknown): AnswerTooLong | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof AnswerTooLong) return at;
  }
  return undefined;
}

function notFound(error: APIError, { model }: FailedCall, host: string): DomainError {
  if (error.type !== 'not_found_error') {
    return new DomainError(
      'claude.invalid-request',
      'invalid',
      `Expected the Messages API at "${host}", got 404: check "claude.base_url"`,
    );
  }
  const nearest = nearestModel(model, today());
  const meant = nearest === undefined || nearest === currentModel ? '' : ` Did you mean "${nearest}"?`;
  return new DomainError(
    'claude.model-not-found',
    'not-found',
    `Claude has no model "${model}" for this API key.${meant} Without "model" it is "claude.default_model", at first "${currentModel}"`,
  );
}

function tooLong(quote: string): DomainError {
  return new DomainError(
    'claude.too-long',
    'invalid',
    `The conversation is too long for the model${quote}: begin a new one, or send less`,
  );
}

function rateLimited(error: APIError, quote: string): DomainError {
  const seconds = error.headers && retryAfter(error.headers);
  const isSoon = seconds !== undefined && seconds <= LONGEST_WAIT;
  const asked = isSoon ? `after ${seconds} s` : 'later, it wants to wait for more than 30 days';
  const when = seconds === undefined ? 'in a minute' : asked;
  return new DomainError(
    'claude.rate-limited',
    'exhausted',
    `Claude's rate limit is reached (429)${quote}: try again ${when}`,
    isSoon ? { retryAfter: seconds } : {},
  );
}

/** Something came, but no answer; or it broke off, perhaps with the connection's error behind it. */
function unreadable(error: unknown, host: string): DomainError {
  if (error instanceof UnfinishedAnswer || connectionCode(error) !== undefined)
    return connectionFailure(error, host, 'broke off');
  const part = error instanceof UnusableAnswer ? ` (${error.message})` : '';
  return new DomainError(
    'claude.unavailable',
    'unavailable',
    `Expected an answer of the Messages API from "${host}", got something else${part}: check "claude.base_url", or try again`,
  );
}

function statusOf(type: string | null): number {
  return statusByType.get(type ?? '') ?? 500;
}

/** HTTP's status for each error type of the API. */
const statusByType = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

function quoteOf({ apiMessage }: APIError, apiKey: string): string {
  if (typeof apiMessage !== 'string' || apiMessage === '') return '';
  const line = createRedactor([apiKey]).text(apiMessage.replace(/\s+/g, ' ').trim());
  return `, it says "${shorten(line, LONGEST_QUOTE)}"`;
}

function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.host ?? 'claude.base_url';
}
