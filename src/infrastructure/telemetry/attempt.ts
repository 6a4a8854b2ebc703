/** The outcome of one request to a collector. */
export type Attempt =
  /** It was taken; `answer` may say that not all of it was. */
  | { readonly outcome: 'taken'; readonly answer: Uint8Array }
  /** It will never be taken. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** It may be taken later. */
  | {
      readonly outcome: 'failed';
      readonly reason: string;
      /** Milliseconds that the collector wants to be left alone. */
      readonly waitMs?: number | undefined;
      /** There is no collector to be reached: it is not that it has no time. */
      readonly isUnreachable?: boolean;
    };

/** One way to a collector. */
export interface OtlpSender {
  /** Scheme, host and port: all that may be shown. */
  readonly origin: string;
  /**
   * Sends the body of one request, compressed already or not as the sender was told. Never rejects.
   * @param signal ends it
   * @param timeoutMs whole, told to the collector
   */
  send(body: Uint8Array, signal: AbortSignal, timeoutMs: number): Promise<Attempt>;
}

/** Bytes of an answer that are read: those of collectors have a dozen, and a hundred where something is wrong. */
export const MOST_ANSWER_BYTES = 64 * 1024;

/** A request that there was no answer to, by the error of the connection. */
export function unanswered(error: unknown): Attempt {
  const code = codeOf(error);
  const isUnreachable = !BROKEN.test(code);
  return { outcome: 'failed', reason: CAUSES[code] ?? `the connection failed (${code})`, isUnreachable };
}

/** Of connections that stood. */
const BROKEN =
  /^(?:ECONNRESET|EPIPE|UND_ERR_(?:SOCKET|HEADERS_TIMEOUT|BODY_TIMEOUT)|TimeoutError|AbortError|ERR_HTTP2_.*)$/;

const NO_CERTIFICATE =
  'its certificate is of no authority that is trusted: set telemetry.ca_file or NODE_EXTRA_CA_CERTS';
const OTHER_PROTOCOL =
  'it speaks another protocol on this port: 4317 is that of grpc, 4318 that of http/protobuf';

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there (ECONNREFUSED)',
  ENOTFOUND: 'there is no such host (ENOTFOUND)',
  ECONNRESET: 'the connection broke off (ECONNRESET)',
  UND_ERR_SOCKET: 'the connection broke off',
  TimeoutError: 'it did not answer in time',
  AbortError: 'this server was stopped',
  SELF_SIGNED_CERT_IN_CHAIN: NO_CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS on this port: is it meant to be "http://"?',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    'it wants a certificate of the client: set telemetry.cert_file and telemetry.key_file',
  ERR_HTTP2_ERROR: OTHER_PROTOCOL,
  HPE_INVALID_CONSTANT: OTHER_PROTOCOL,
};

/** `fetch` hides what happened one level down. Messages are not shown: that of a proxy's address can have its password. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, name } = (error.cause instanceof Error ? error.cause : error) as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : name; // a DOMException has a number
}

/** A collector's own words, behind what it answered: short, and in one line. */
export function quoted(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  return `: "${line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line}"`;
}

const MOST_WORDS = 200;
