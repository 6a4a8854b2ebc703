import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import type { Configuration } from '../config/schema/configuration-schema.ts';
import { type OtlpTarget, otlpTarget, type TelemetrySignal } from '../config/schema/values/otlp-endpoint.ts';
import type { TlsCredentials } from '../network/outgoing-fetch.ts';

export type TelemetryConfiguration = Configuration['telemetry'];

/** The way of one signal to its collector. */
export interface ExporterSettings {
  readonly target: OtlpTarget;
  /** By their names in small letters, as HTTP/2 wants them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip: boolean;
  /** Milliseconds that one request may take. */
  readonly timeoutMs: number;
  /** Milliseconds that one batch may take, all its requests together. */
  readonly deadlineMs: number;
  readonly maxRetries: number;
  readonly files: CredentialFiles;
}

interface CredentialFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** A batch of metrics is out of date when the next is made. */
const PART_OF_INTERVAL = 0.9;

export function exporterSettings(
  telemetry: TelemetryConfiguration,
  signal: TelemetrySignal,
): ExporterSettings {
  const own = telemetry[signal];
  const isOwn = own.endpoint !== undefined;
  const timeout = own.timeout ?? telemetry.timeout;
  const most = telemetry.retry_enabled ? Math.max(telemetry.retry_timeout, timeout) : timeout;
  const deadline =
    signal === 'metrics' ? Math.min(most, telemetry.metrics_interval * PART_OF_INTERVAL) : most;
  return {
    target: otlpTarget({
      endpoint: own.endpoint ?? telemetry.endpoint,
      protocol: own.protocol ?? telemetry.protocol,
      insecure: own.insecure ?? telemetry.insecure,
      ...(!isOwn && { signal }),
    }),
    headers: lowerCased({ ...(own.headers ?? telemetry.headers), ...(!isOwn && keyHeaders(telemetry)) }),
    gzip: (own.compression ?? telemetry.compression) === 'gzip',
    timeoutMs: Math.min(timeout, deadline) * 1000,
    deadlineMs: deadline * 1000,
    maxRetries: telemetry.retry_enabled ? telemetry.max_retries : 0,
    files: {
      ca: own.ca_file ?? telemetry.ca_file,
      cert: own.cert_file ?? telemetry.cert_file,
      key: own.key_file ?? telemetry.key_file,
    },
  };
}

/** Those of the platform; none without both parts of a key. */
function keyHeaders({ api_key_id: id, api_key_secret: secret }: TelemetryConfiguration) {
  if (id === undefined || secret === undefined) return {};
  return { 'X-TelemetryFlow-Key-ID': id, 'X-TelemetryFlow-Key-Secret': secret };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Reads the files; undefined where there are none. @throws Error with a sentence that names the file */
export async function readCredentials({
  ca,
  cert,
  key,
}: CredentialFiles): Promise<TlsCredentials | undefined> {
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  const [authorities, own, secret] = await Promise.all([ca, cert, key].map(readPem));
  return {
    // An authority of one's own is one more: those of the system and of NODE_EXTRA_CA_CERTS stay.
    ...(authorities !== undefined && { ca: [...getCACertificates('default'), authorities] }),
    ...(own !== undefined && { cert: own }),
    ...(secret !== undefined && { key: secret }),
  };
}

async function readPem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`"${path}" can not be read (${code}): give the file, and start again`, { cause });
  }
}
