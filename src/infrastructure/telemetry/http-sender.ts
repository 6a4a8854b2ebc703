import { boundedFetch, redirectedTo } from '../network/bounded-fetch.ts';
import { outgoingFetch, type TlsCredentials } from '../network/outgoing-fetch.ts';
import { retryAfter } from '../network/retry-after.ts';
import { type Attempt, MOST_ANSWER_BYTES, type OtlpSender, quoted, unanswered } from './attempt.ts';
import { protobufFields, textOf } from './protobuf-fields.ts';

export interface HttpSenderOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** True if bodies come compressed. */
  readonly gzip: boolean;
  readonly tls?: TlsCredentials | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** All others are final (OTLP 1.x, "Retryable Response Codes"). */
const RETRYABLE = [429, 502, 503, 504];

const REMEDIES: Readonly<Record<number, string>> = {
  401: '; check telemetry.api_key_id and telemetry.api_key_secret, or telemetry.headers',
  403: '; the key may not do this',
  404: '; is the path of telemetry.endpoint right, and does the collector take this signal?',
  413: '; lower telemetry.batch_max_size',
  415: '; does it take protobuf?',
};

/** OTLP by `http/protobuf`. */
export class HttpSender implements OtlpSender {
  readonly origin: string;
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly fetch: typeof fetch;

  constructor({ url, headers, gzip, tls, environment }: HttpSenderOptions) {
    this.url = url.href;
    this.origin = url.origin;
    this.headers = {
      ...headers,
      'content-type': 'application/x-protobuf',
      ...(gzip && { 'content-encoding': 'gzip' }),
    };
    this.fetch = boundedFetch(outgoingFetch(environment, tls), () => MOST_ANSWER_BYTES);
  }

  async send(body: Uint8Array, signal: AbortSignal): Promise<Attempt> {
    const { headers } = this;
    let response: Response;
    try {
      response = await this.fetch(this.url, {
        method: 'POST',
        body: body as Uint8Array<ArrayBuffer>,
        headers,
        signal,
      });
    } catch (error) {
      return unanswered(error);
    }
    // By its status it was taken or not, whatever comes behind that, or doesn't.
    const answer = await response.arrayBuffer().catch(() => new ArrayBuffer());
    return this.judge(response, new Uint8Array(answer));
  }

  private judge(response: Response, answer: Uint8Array): Attempt {
    const { ok, status, headers } = response;
    if (ok) return { outcome: 'taken', answer };
    const target = redirectedTo(response, this.url);
    if (target !== undefined)
      return {
        outcome: 'refused',
        reason: `it sends to ${target}: if that is right, set telemetry.endpoint to it`,
      };
    const reason = `it answered ${status}${quoted(wordsIn(response, answer))}${REMEDIES[status] ?? ''}`;
    if (!RETRYABLE.includes(status)) return { outcome: 'refused', reason };
    const seconds = retryAfter(headers);
    return { outcome: 'failed', reason, ...(seconds !== undefined && { waitMs: seconds * 1000 }) };
  }
}

/** An error is a google.rpc.Status, whose second field is for people; of a proxy's page nothing is shown. */
function wordsIn({ headers }: Response, answer: Uint8Array): string {
  const isProtobuf = headers.get('content-type')?.startsWith('application/x-protobuf');
  return isProtobuf ? textOf(protobufFields(answer), 2) : '';
}
