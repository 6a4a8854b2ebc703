import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { TelemetrySignal } from '../config/schema/values/otlp-endpoint.ts';
import { type Attempt, MOST_ANSWER_BYTES, type OtlpSender, unanswered } from './attempt.ts';
import type { GrpcConnection } from './grpc-connection.ts';
import { type GrpcOutcome, grpcAttempt } from './grpc-status.ts';

export interface GrpcSenderOptions {
  readonly connection: GrpcConnection;
  readonly signal: TelemetrySignal;
  readonly headers: Readonly<Record<string, string>>;
  /** True if bodies come compressed. */
  readonly gzip: boolean;
}

const SERVICES: Readonly<Record<TelemetrySignal, string>> = {
  traces: 'trace.v1.TraceService',
  metrics: 'metrics.v1.MetricsService',
  logs: 'logs.v1.LogsService',
};

/** Bytes before a message: whether it is compressed, and its length. */
const PREFIX_BYTES = 5;

/** OTLP by `grpc`: each export is one unary call. */
export class GrpcSender implements OtlpSender {
  readonly origin: string;
  private readonly options: GrpcSenderOptions;

  constructor(options: GrpcSenderOptions) {
    this.options = options;
    this.origin = options.connection.origin;
  }

  async send(body: Uint8Array, signal: AbortSignal, timeoutMs: number): Promise<Attempt> {
    const { connection, headers, gzip } = this.options;
    try {
      const stream = await connection.request({ ...headers, ...this.ownHeaders(timeoutMs) }, signal);
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.writeUInt8(gzip ? 1 : 0);
      prefix.writeUInt32BE(body.length, 1);
      stream.end(Buffer.concat([prefix, body]));
      const { outcome, message, error } = await answerOf(stream);
      const isAnswered = outcome && (message !== undefined || 'grpc-status' in outcome.headers || !error);
      if (isAnswered) return grpcAttempt(outcome, message);
      return unanswered(signal.aborted ? signal.reason : (error ?? BROKEN_OFF));
    } catch (error) {
      return unanswered(signal.aborted ? signal.reason : error);
    }
  }

  private ownHeaders(timeoutMs: number) {
    const { signal, gzip } = this.options;
    return {
      ':method': 'POST',
      ':path': `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`,
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': `${timeoutMs}m`,
      ...(gzip && { 'grpc-encoding': 'gzip' }),
    };
  }
}

/** All that came on a stream before it closed. */
interface Answer {
  readonly outcome?: GrpcOutcome;
  /** Undefined unless it came whole. */
  readonly message?: Uint8Array;
  readonly error?: unknown;
}

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  let outcome: GrpcOutcome | undefined;
  let error: unknown;
  const note = (headers: Headers) => {
    const { httpStatus = 200, headers: before } = outcome ?? {};
    outcome = { httpStatus: headers[':status'] ?? httpStatus, headers: { ...before, ...headers } };
  };
  stream.on('response', note).on('trailers', note);
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_ANSWER_BYTES) stream.destroy();
  });
  stream.on('error', (failure) => {
    error = failure;
  });
  await new Promise((resolve) => stream.once('close', resolve));
  const bytes = Buffer.concat(chunks);
  const isWhole = length >= PREFIX_BYTES && length >= PREFIX_BYTES + bytes.readUInt32BE(1);
  return {
    ...(outcome && { outcome }),
    ...(isWhole && { message: bytes.subarray(PREFIX_BYTES) }),
    error,
  };
}

type Headers = IncomingHttpHeaders & { readonly ':status'?: number };

const BROKEN_OFF = Object.assign(new Error('The connection was closed'), { code: 'ECONNRESET' });
