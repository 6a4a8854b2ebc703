import { boundedFetch } from '../network/bounded-fetch.ts';
import { retryAfter } from '../network/retry-after.ts';
import { wholeEvents } from './whole-events.ts';

const MIB = 1024 * 1024;

/** Of an error, and of every answer that is no stream: those of the API have some hundred bytes. */
const MOST_JSON_BYTES = MIB;

/** Bytes of a stream beside the model's text: thinking, pings, its beginning and end. */
const STREAM_BYTES = 4 * MIB;

/** An event of one token has about 130 bytes. */
const BYTES_PER_TOKEN = 256;

const MOST_STREAM_BYTES = 64 * MIB;

/** Of one event: the API's have some hundred bytes, those that begin a block with all that is in it included. */
const MOST_EVENT_BYTES = MIB / 4;

/**
 * That `fetch` for one use of the API, whose answers are ended when they can't be ones of it: a stream has what so many tokens of an
 * answer can take, anything else a mebibyte.
 */
export function claudeFetch(send: typeof fetch, maxTokens: number): typeof fetch {
  const most = Math.min(STREAM_BYTES + maxTokens * BYTES_PER_TOKEN, MOST_STREAM_BYTES);
  const bounded = boundedFetch(send, (response) => (isStream(response) ? most : MOST_JSON_BYTES));
  return async (input, init) => {
    const response = await bounded(input, init);
    const { status, statusText, headers, body } = response;
    if (body === null || !isStream(response)) return response;
    return new Response(body.pipeThrough(wholeEvents(MOST_EVENT_BYTES)), { status, statusText, headers });
  };
}

function isStream({ ok, headers }: Response): boolean {
  return ok && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

/**
 * That `fetch`, for the SDK's retries: an answer that asks to wait past the deadline (`performance.now()` milliseconds) says that it isn't
 * to be retried, so that the caller hears now what it would hear then.
 */
export function fetchUntil(deadline: number, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const wait = retryAfter(response.headers);
    if (response.ok || wait === undefined || performance.now() + wait * 1000 < deadline) return response;
    const { status, statusText, body } = response;
    const headers = new Headers(response.headers);
    headers.set('x-should-retry', 'false');
    return new Response(body, { status, statusText, headers });
  };
}
