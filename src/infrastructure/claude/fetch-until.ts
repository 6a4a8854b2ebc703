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

/** Seconds that a server wants to be left alone, rounded up (RFC 9110, 10.2.3); undefined when it doesn't say. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return seconds >= 0 ? Math.ceil(seconds) : undefined;
}
