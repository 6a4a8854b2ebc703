import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { exporterSettings } from '../../../../../src/infrastructure/telemetry/exporter-settings.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('standard variables of OpenTelemetry');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

/** Loads a file with this telemetry section, in this environment. */
async function load(section: string, environment: Record<string, string> = {}) {
  const text = `telemetry:\n  enabled: true\n${section}`;
  const files = { [FILE]: text, '/project/ca.pem': '-', '/etc/headers': 'x-from: file\n'.replace(': ', '=') };
  const loaded = await loadConfiguration({ file: FILE }, memoryHost({ environment, files }));
  assert.equal(loaded.problems, []);
  const { configuration, notices, secrets, settings } = loaded;
  assert.ok(configuration);
  const { telemetry } = configuration;
  return {
    telemetry,
    notices,
    secrets,
    of: (key: string) => settings().find((one) => one.key === `telemetry.${key}`),
  };
}

/** Each alone: the variable, its text, and the setting that has it. */
const VARIABLES: readonly (readonly [string, string, string, unknown])[] = [
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c:4318', 'endpoint', 'http://c:4318'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', 'protocol', 'http/protobuf'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'protocol', 'grpc'],
  ['OTEL_EXPORTER_OTLP_INSECURE', 'true', 'insecure', true],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'none', 'compression', 'none'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '2500', 'timeout', 2.5],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=k', 'headers', '********'],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'ca.pem', 'ca_file', '/project/ca.pem'],
  ['OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', '/c.pem', 'cert_file', '/c.pem'],
  ['OTEL_EXPORTER_OTLP_CLIENT_KEY', '/k.pem', 'key_file', '/k.pem'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://t', 'traces.endpoint', 'http://t'],
  ['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'grpc', 'metrics.protocol', 'grpc'],
  ['OTEL_EXPORTER_OTLP_LOGS_TIMEOUT', '100', 'logs.timeout', 0.1],
  ['OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE', '/ca', 'logs.ca_file', '/ca'],
  ['OTEL_SERVICE_NAME', 'x', 'service_name', 'x'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'team=a%20b,region=eu', 'attributes', ['team=a b', 'region=eu']],
  ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=y', 'service_name', 'y'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment=test', 'environment', 'test'],
  ['OTEL_TRACES_SAMPLER', 'always_off', 'trace_sample_rate', 0],
  ['OTEL_TRACES_SAMPLER', 'parentbased_always_on', 'trace_sample_rate', 1],
  ['OTEL_TRACES_SAMPLER', 'always_on', 'trace_follows_client', false],
  ['OTEL_TRACES_EXPORTER', 'none', 'enable_traces', false],
  ['OTEL_TRACES_EXPORTER', 'otlp', 'enable_traces', true],
  ['OTEL_METRICS_EXPORTER', 'none', 'enable_metrics', false],
  ['OTEL_METRICS_EXPORTER', 'prometheus', 'enable_metrics', false],
  ['OTEL_METRICS_EXPORTER', 'prometheus', 'prometheus.enabled', true],
  ['OTEL_METRICS_EXPORTER', 'otlp,prometheus', 'enable_metrics', true],
  ['OTEL_LOGS_EXPORTER', 'none', 'enable_logs', false],
  ['OTEL_EXPORTER_PROMETHEUS_HOST', '::1', 'prometheus.host', '::1'],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '9999', 'prometheus.port', 9999],
  ['OTEL_BSP_SCHEDULE_DELAY', '100', 'batch_timeout_ms', 100],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '10000', 'max_queue_size', 10_000],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '5', 'batch_max_size', 5],
  ['OTEL_METRIC_EXPORT_INTERVAL', '1500', 'metrics_interval', 1.5],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'Delta', 'metrics_temporality', 'delta'],
];

for (const [variable, text, key, value] of VARIABLES) {
  test(`${variable}=${text} gives telemetry.${key}`, async () => {
    const { of, notices } = await load('', { [variable]: text });
    assert.equal([of(key)?.value, of(key)?.origin], [value, variable]);
    assert.equal(
      notices.filter((notice) => notice.includes('is ignored')),
      [],
    );
  });
}

test('a ratio comes with its sampler', async () => {
  const ratio = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
  const { telemetry } = await load('', ratio);
  assert.equal([telemetry.trace_sample_rate, telemetry.trace_follows_client], [0.25, true]);
});

for (const [variable, text] of [
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'unix:///run/x'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no pair'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=1,b'],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
  ['OTEL_TRACES_EXPORTER', 'console'],
  ['OTEL_METRIC_EXPORT_INTERVAL', '-1'],
] as const) {
  test(`${variable}=${text} stops no start, and is told`, async () => {
    const { telemetry, notices } = await load('', { [variable]: text });
    assert.match(
      notices.join('\n'),
      new RegExp(`^Environment variable "${variable}" is ignored: Expected telemetry\\.`, 'm'),
    );
    assert.equal(telemetry, (await load('')).telemetry);
  });
}

test('what is configured here goes before what a variable says, for all signals and for one', async () => {
  const { telemetry } = await load('  endpoint: ours:4317\n  timeout: 1\n  headers: {x-a: b}\n', {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://theirs:4318',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://theirs:4318/v1/traces',
    OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '100',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-c=d',
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x-c=d',
  });
  assert.is(telemetry.endpoint, 'ours:4317');
  assert.equal([telemetry.traces, telemetry.logs, telemetry.metrics], [{}, {}, {}]);
  assert.equal(telemetry.headers, { 'x-a': 'b' });
});

test('headers in a file go before those of a variable', async () => {
  const { telemetry } = await load('  headers_file: /etc/headers\n', { OTEL_EXPORTER_OTLP_HEADERS: 'x-c=d' });
  assert.equal(telemetry.headers, { 'x-from': 'file' });
});

const OURS = '  api_key_id: tfk_1\n  api_key_secret: tfs_secret\n  headers: {x-key: ours}\n';
const headersTo = (telemetry: Awaited<ReturnType<typeof load>>['telemetry']) =>
  (['traces', 'metrics', 'logs'] as const).map((signal) => exporterSettings(telemetry, signal).headers);

const KEY = {
  'x-key': 'ours',
  'x-telemetryflow-key-id': 'tfk_1',
  'x-telemetryflow-key-secret': 'tfs_secret',
};

test('a key that is configured here goes to an endpoint that is configured here, and to the platform', async () => {
  for (const section of [OURS, `${OURS}  endpoint: https://c\n`]) {
    const { telemetry } = await load(section);
    assert.equal(headersTo(telemetry), [KEY, KEY, KEY]);
  }
});

test('a key that is configured here goes to no endpoint of a variable', async () => {
  const variable = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://theirs',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=theirs',
  };
  const { telemetry, notices } = await load(OURS, variable);
  assert.equal(telemetry.endpoint, 'https://theirs');
  assert.not.match(JSON.stringify(headersTo(telemetry)), /ours|tfk_1|tfs_secret/);
  assert.ok(
    notices.includes(
      'Not sent to an endpoint that a variable names: "telemetry.api_key_id", "telemetry.api_key_secret", "telemetry.headers"',
    ),
  );
});

test('a key that is configured here goes to no endpoint that a variable gives one signal', async () => {
  const variable = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://theirs' };
  const { telemetry } = await load(OURS, variable);
  assert.equal(headersTo(telemetry), [{}, KEY, KEY]);
});

for (const [variable, signals] of [
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'all'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'one'],
] as const) {
  test(`headers of one signal, configured here, go to no endpoint that a variable gives ${signals}`, async () => {
    const section = '  traces: {headers: {x-key: ours}}\n';
    const { telemetry, notices } = await load(section, { [variable]: 'https://theirs' });
    assert.equal(headersTo(telemetry)[0], {});
    assert.match(
      notices.join('\n'),
      'Not sent to an endpoint that a variable names: "telemetry.traces.headers"',
    );
  });
}

test('headers of one signal go to its endpoint, where both are configured here', async () => {
  const section = '  traces: {endpoint: https://ours, headers: {x-key: ours}}\n';
  const { telemetry } = await load(section, { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://theirs' });
  assert.equal(headersTo(telemetry), [{ 'x-key': 'ours' }, {}, {}]);
});

test('headers of a variable go with the endpoint of one', async () => {
  const { telemetry } = await load('', {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://theirs',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=theirs',
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-key=logs',
  });
  assert.equal(headersTo(telemetry), [{ 'x-key': 'theirs' }, { 'x-key': 'theirs' }, { 'x-key': 'logs' }]);
});

test('texts of headers are secrets, by whatever way they came', async () => {
  const { secrets } = await load('  headers: {x-a: first-secret}\n', {
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-b=ignored',
  });
  assert.ok(secrets.includes('first-secret'));
  const standard = await load('', { OTEL_EXPORTER_OTLP_HEADERS: 'x-b=second-secret' });
  assert.ok(standard.secrets.includes('second-secret'));
});

test('without telemetry nobody reads these variables', async () => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'not an endpoint', OTEL_SDK_DISABLED: 'true' };
  const { configuration, notices } = await loadConfiguration({}, memoryHost({ environment }));
  assert.equal([configuration?.telemetry.enabled, notices], [false, []]);
});

test('OTEL_SDK_DISABLED turns telemetry off, and that is told', async () => {
  const { telemetry, notices, of } = await load('', { OTEL_SDK_DISABLED: 'TRUE' });
  assert.equal([telemetry.enabled, of('enabled')?.origin], [false, 'OTEL_SDK_DISABLED']);
  assert.ok(notices.includes('Telemetry is off, since "OTEL_SDK_DISABLED" is true'));
  assert.ok((await load('', { OTEL_SDK_DISABLED: '1' })).telemetry.enabled, 'only "true" is true');
});

test.run();
