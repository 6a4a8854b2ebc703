import * as v from 'valibot';
import { about } from '../setting-facts.ts';
import { isListenHost } from '../values/addresses.ts';
import { pairs } from '../values/pairs.ts';
import { seconds } from '../values/seconds.ts';
import { choice, numberFrom, onOff, text, wholeNumber } from '../values/value-schemas.ts';
import {
  caFile,
  certFile,
  compression,
  endpoint,
  extraHeaders,
  extraHeadersFile,
  insecure,
  keyFile,
  oneSignal,
  protocol,
  timeout,
} from './exporter-rows.ts';

const KEY = 'a key, without blanks';
const key = () =>
  v.pipe(
    v.string(KEY),
    v.trim(),
    v.check((given) => /^[\x21-\x7e]+$/.test(given), KEY),
  );

/** Metrics are sent, and not served. */
const notYet = (value: unknown) =>
  value === true ? 'has no effect yet: this version sends metrics to a collector only' : undefined;

const prometheus = v.strictObject({
  enabled: v.optional(
    v.pipe(onOff(), about('Whether metrics can be read at `/metrics`, by Prometheus', { notice: notYet })),
    false,
  ),
  host: v.optional(
    v.pipe(
      text(),
      v.check(isListenHost, 'a host name or an address, without a port'),
      about('Address of `/metrics`', { holdsAddress: true }),
    ),
    '127.0.0.1',
  ),
  port: v.optional(v.pipe(wholeNumber(0, 65_535), about('Port of `/metrics`, 0 for any that is free')), 9464),
});

export const telemetrySection = v.strictObject({
  enabled: v.optional(
    v.pipe(
      onOff(),
      about('Whether traces, metrics and log lines of this server are sent to a collector', {
        aliases: ['TELEMETRYFLOW_ENABLED'],
      }),
    ),
    false,
  ),
  endpoint: v.optional(
    endpoint({
      aliases: [
        'TELEMETRYFLOW_ENDPOINT',
        'TELEMETRYFLOW_MCP_OTLP_ENDPOINT',
        'TELEMETRYFLOW_MCP_TELEMETRY_OTLP_ENDPOINT',
      ],
    }),
    'api.telemetryflow.id:4317',
  ),
  protocol: v.optional(protocol({ aliases: ['TELEMETRYFLOW_PROTOCOL'] })),
  insecure: v.optional(
    insecure({ aliases: ['TELEMETRYFLOW_INSECURE', 'TELEMETRYFLOW_MCP_TELEMETRY_OTLP_INSECURE'] }),
    false,
  ),
  api_key_id: v.optional(
    v.pipe(
      key(),
      about('Id of the key of TelemetryFlow (`tfk_…`), sent to `telemetry.endpoint` and nowhere else', {
        aliases: ['TELEMETRYFLOW_API_KEY_ID'],
      }),
    ),
  ),
  api_key_secret: v.optional(
    v.pipe(
      key(),
      about('Secret of that key (`tfs_…`)', { secret: true, aliases: ['TELEMETRYFLOW_API_KEY_SECRET'] }),
    ),
  ),
  api_key_secret_file: v.optional(
    v.pipe(
      text(),
      about('File that holds `telemetry.api_key_secret`, instead of the secret itself', {
        holdsPaths: true,
        aliases: ['TELEMETRYFLOW_API_KEY_SECRET_FILE'],
      }),
    ),
  ),
  headers: v.optional(extraHeaders({})),
  headers_file: v.optional(extraHeadersFile({})),
  ca_file: v.optional(caFile({})),
  cert_file: v.optional(certFile({})),
  key_file: v.optional(keyFile({})),
  compression: v.optional(compression({ aliases: ['TELEMETRYFLOW_COMPRESSION'] }), 'gzip'),
  timeout: v.optional(timeout({ aliases: ['TELEMETRYFLOW_TIMEOUT'] }), 10),
  enable_traces: v.optional(
    v.pipe(onOff(), about('Whether traces are sent', { aliases: ['TELEMETRYFLOW_ENABLE_TRACES'] })),
    true,
  ),
  enable_metrics: v.optional(
    v.pipe(
      onOff(),
      about('Whether metrics are sent', {
        aliases: ['TELEMETRYFLOW_ENABLE_METRICS', 'TELEMETRYFLOW_MCP_TELEMETRY_METRICS_ENABLED'],
      }),
    ),
    true,
  ),
  enable_logs: v.optional(
    v.pipe(onOff(), about('Whether lines of the log are sent', { aliases: ['TELEMETRYFLOW_ENABLE_LOGS'] })),
    true,
  ),
  trace_sample_rate: v.optional(
    v.pipe(numberFrom(0, 1), about('Share of the requests that are traced, from 0 to 1')),
    1,
  ),
  trace_follows_client: v.optional(
    v.pipe(
      onOff(),
      about('Whether a client that sends its trace (`traceparent`) decides if the request is traced'),
    ),
    true,
  ),
  service_name: v.optional(
    v.pipe(
      text(),
      about('Name of this server in telemetry (`service.name`)', {
        aliases: ['TELEMETRYFLOW_SERVICE_NAME', 'TELEMETRYFLOW_MCP_SERVICE_NAME'],
      }),
    ),
    'tfo-mcp',
  ),
  service_namespace: v.optional(
    v.pipe(
      text(),
      about('Group of services that it is one of (`service.namespace`)', {
        aliases: ['TELEMETRYFLOW_SERVICE_NAMESPACE'],
      }),
    ),
    'telemetryflow',
  ),
  environment: v.optional(
    v.pipe(
      text(),
      about('Where it is deployed (`deployment.environment.name`)', {
        aliases: ['TELEMETRYFLOW_ENVIRONMENT'],
      }),
    ),
    'production',
  ),
  attributes: v.optional(
    v.pipe(pairs('names to values'), about('More attributes of the resource, such as a team or a region')),
  ),
  batch_timeout_ms: v.optional(
    v.pipe(
      wholeNumber(1, 300_000),
      about('How long spans and log records wait for others', {
        unit: 'milliseconds',
        aliases: ['TELEMETRYFLOW_BATCH_TIMEOUT_MS'],
      }),
    ),
    5000,
  ),
  batch_max_size: v.optional(
    v.pipe(
      wholeNumber(1, 65_536),
      about('Spans or log records of one request', { aliases: ['TELEMETRYFLOW_BATCH_MAX_SIZE'] }),
    ),
    512,
  ),
  max_queue_size: v.optional(
    v.pipe(
      wholeNumber(1, 1_000_000),
      about('Spans, and log records, that wait to be sent; more are dropped, and counted'),
    ),
    2048,
  ),
  metrics_interval: v.optional(
    v.pipe(seconds(0.1, 86_400), about('How often metrics are sent', { unit: 'seconds' })),
    30,
  ),
  metrics_temporality: v.optional(
    v.pipe(
      choice(['cumulative', 'delta']),
      about('Whether counts are those since the start, or since they were sent last'),
    ),
    'cumulative',
  ),
  retry_enabled: v.optional(
    v.pipe(
      onOff(),
      about('Whether what a collector could not take is sent again', {
        aliases: ['TELEMETRYFLOW_RETRY_ENABLED'],
      }),
    ),
    true,
  ),
  max_retries: v.optional(
    v.pipe(
      wholeNumber(0, 100),
      about('How often it is sent again', { aliases: ['TELEMETRYFLOW_MAX_RETRIES'] }),
    ),
    10,
  ),
  retry_backoff_ms: v.optional(
    v.pipe(
      wholeNumber(1, 60_000),
      about('First wait before that, each next twice as long, unless the collector says how long', {
        unit: 'milliseconds',
        aliases: ['TELEMETRYFLOW_RETRY_BACKOFF_MS'],
      }),
    ),
    500,
  ),
  retry_timeout: v.optional(
    v.pipe(
      seconds(0.1, 3600),
      about('How long a batch is tried before it is dropped, and counted', { unit: 'seconds' }),
    ),
    60,
  ),
  rate_limit: v.optional(
    v.pipe(
      wholeNumber(1, 1_000_000),
      about('Requests a minute, of each signal', { aliases: ['TELEMETRYFLOW_RATE_LIMIT'] }),
    ),
    1000,
  ),
  legacy_names: v.optional(
    v.pipe(onOff(), about('Whether metrics are sent by the older servers’ names, too')),
    false,
  ),
  traces: v.optional(oneSignal, {}),
  metrics: v.optional(oneSignal, {}),
  logs: v.optional(oneSignal, {}),
  prometheus: v.optional(prometheus, {}),
});
