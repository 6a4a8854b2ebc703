/** Decides how many bytes, decompressed, the body of an answer may have. */
export type MostBytes = (response: Response) => number;

/**
 * That `fetch`, for answers of servers that can be anybody's: a body is counted as it comes, after decompression, and ended with
 * `AnswerTooLong` where it can't fit. Redirects are answers like others and never followed: where they lead, nobody has said that
 * what is sent may go.
 */
export function boundedFetch(send: typeof fetch, mostBytes: MostBytes): typeof fetch {
  return async (input, init) => {
    const response = await send(input, { ...init, redirect: 'manual' });
    const { status, statusText, headers, body } = response;
    if (body === null) return response;
    const bounded = body.pipeThrough(countingTo(mostBytes(response)));
    return new Response(bounded, { status, statusText, headers });
  };
}

/** Statuses that send elsewhere: of the others between 300 and 399 none does (RFC 9110, 15.4). */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The origin that an answer leads to instead of being one; undefined where it doesn't. Never the rest, which can hold secrets. */
export function redirectedTo(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  asked: string,
): string | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  const target = URL.parse(headers.get('location') ?? '', asked);
  return target === null ? 'nowhere' : `${target.protocol}//${target.host}`;
}

function countingTo(most: number): TransformStream<Uint8Array, Uint8Array> {
  let count = 0;
  return new TransformStream({
    transform(chunk, controller) {
      count += chunk.length;
      if (count > most) throw new AnswerTooLong(most);
      controller.enqueue(chunk);
    },
  });
}

/** More came than an answer can have. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
  readonly code = 'ERR_ANSWER_TOO_LONG';
  readonly mostBytes: number;

  constructor(mostBytes: number) {
    super(`Expected an answer of at most ${mostBytes} bytes, got more`);
    this.mostBytes = mostBytes;
  }
}
