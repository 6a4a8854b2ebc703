import { type Attempt, quoted } from './attempt.ts';
import { bytesOf, numberOf, protobufFields, textOf } from './protobuf-fields.ts';

/** The words of a collector behind its answer, or instead of it. */
export interface GrpcOutcome {
  /** The HTTP status, which is 200 where a collector answers, and anything where a proxy does. */
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

const OK = 0;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS (OTLP 1.x, "Failures"). */
const RETRYABLE = [1, 4, RESOURCE_EXHAUSTED, 10, 11, UNAVAILABLE, 15];

/** The status of an answer that was made by something before the collector (gRPC, http-grpc-status-mapping.md). */
const BY_HTTP_STATUS: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: UNAVAILABLE,
  502: UNAVAILABLE,
  503: UNAVAILABLE,
  504: UNAVAILABLE,
};
const UNKNOWN = 2;

const REMEDIES: Readonly<Record<number, string>> = {
  7: '; the key may not do this',
  [RESOURCE_EXHAUSTED]: '; if a batch is too large for it, lower telemetry.batch_max_size',
  12: '; is there a collector at that address, and does it take this signal?',
  16: '; check telemetry.api_key_id and telemetry.api_key_secret, or telemetry.headers',
};

const NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Reads what became of a call. @param message of the answer, if one came whole: then it was taken, whatever is missing behind it */
export function grpcAttempt({ httpStatus, headers }: GrpcOutcome, message: Uint8Array | undefined): Attempt {
  const told = headers['grpc-status'];
  const status = told === undefined ? statusWithout(httpStatus, message) : Number(told);
  if (status === OK) return { outcome: 'taken', answer: message ?? new Uint8Array() };
  const name = NAMES[status] ?? `the unknown status ${String(told)}`;
  const by = told === undefined ? ` by HTTP status ${httpStatus}` : '';
  const reason = `it answered ${name}${by}${quoted(wordsIn(headers))}${REMEDIES[status] ?? ''}`;
  const waitMs = pushBack(headers);
  const isFinal = !RETRYABLE.includes(status) || waitMs === 'never';
  if (isFinal || (status === RESOURCE_EXHAUSTED && waitMs === undefined))
    return { outcome: 'refused', reason };
  return { outcome: 'failed', reason, ...(waitMs !== undefined && { waitMs }) };
}

function statusWithout(httpStatus: number, message: Uint8Array | undefined): number {
  if (httpStatus === 200) return message === undefined ? UNAVAILABLE : OK;
  return BY_HTTP_STATUS[httpStatus] ?? UNKNOWN;
}

/** `grpc-message` is percent-encoded; what isn't, is shown as it is. */
function wordsIn(headers: GrpcOutcome['headers']): string {
  const words = String(headers['grpc-message'] ?? '');
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

/** Milliseconds to wait, by RetryInfo (OTLP, "Throttling") or by the header of gRPC's own retries (A6), where below 0 is never. */
function pushBack(headers: GrpcOutcome['headers']): number | 'never' | undefined {
  const header = headers['grpc-retry-pushback-ms'];
  if (header !== undefined) return /^\d+$/.test(String(header)) ? Number(header) : 'never';
  const details = Buffer.from(String(headers['grpc-status-details-bin'] ?? ''), 'base64');
  for (const detail of bytesOf(protobufFields(details), 3)) {
    const any = protobufFields(detail);
    if (!textOf(any, 1).endsWith('/google.rpc.RetryInfo')) continue;
    const [delay] = bytesOf(protobufFields(bytesOf(any, 2)[0] ?? new Uint8Array()), 1);
    const duration = protobufFields(delay ?? new Uint8Array());
    return numberOf(duration, 1) * 1000 + numberOf(duration, 2) / 1e6;
  }
  return undefined;
}
