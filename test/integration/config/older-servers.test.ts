import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { conversationSettings } from '../../../src/composition/conversation-settings.ts';
import { currentModel } from '../../../src/infrastructure/claude/model-table.ts';
import type { ConfigurationHost } from '../../../src/infrastructure/config/configuration-host.ts';
import { configurationJsonSchema } from '../../../src/infrastructure/config/documents/configuration-json-schema.ts';
import { loadConfiguration } from '../../../src/infrastructure/config/load-configuration.ts';
import { processHost } from '../../../src/infrastructure/config/process-host.ts';
import { findSetting } from '../../../src/infrastructure/config/schema/settings.ts';
import {
  fateOf,
  meaningOfOlder,
  olderKeys,
  UNUSED_SECTIONS,
} from '../../../src/infrastructure/config/sources/older-names.ts';
import { exporterSettings } from '../../../src/infrastructure/telemetry/exporter-settings.ts';

const test = suite('configurations of the older servers');

const fileOf = (server: string) =>
  fileURLToPath(new URL(`../../fixtures/configurations/${server}.yaml`, import.meta.url));

const hostWith = (environment: Record<string, string>): ConfigurationHost => ({
  ...processHost(),
  environment,
});

/** Loads the file of a server; places in the notices lose the file's name. */
async function load(server: string) {
  const file = fileOf(server);
  const loaded = await loadConfiguration({ file }, hostWith({}));
  return { ...loaded, notices: loaded.notices.map((notice) => notice.replaceAll(`${file}:`, '')) };
}

test('the server starts with every key of the Python server', async () => {
  const { configuration, notices, problems } = await load('python');
  assert.equal(problems, []);
  const { server, mcp, logging } = configuration ?? {};
  assert.equal(
    [server?.name, server?.host, server?.port, server?.transport, server?.debug],
    ['TelemetryFlow-MCP', 'localhost', 8080, 'stdio', false],
  );
  assert.equal([mcp?.tool_timeout, mcp?.max_message_size], [30, 10_485_760]);
  assert.equal([logging?.level, logging?.format, logging?.output], ['info', 'json', 'stderr']);
  assert.equal(notices, [
    'Section "cache" (36:1) is not used by this version',
    'Section "queue" (41:1) is not used by this version',
    'Section "analytics" (51:1) is not used by this version',
    'Section "telemetry_mcp" (54:1) is not used by this version',
    'Settings "server.version" (4:3), "telemetry.service_version" (line 63) are ignored, since the program knows its version',
    'Settings "server.read_timeout" (9:3), "server.write_timeout" (line 10) are ignored, as by the older servers: nothing here has that limit',
    'Setting "mcp.protocol_version" (22:3) is ignored, since clients choose the protocol version',
    'Settings "mcp.enable_tools" (23:3), "mcp.enable_resources" (line 24), "mcp.enable_prompts" (line 25), "mcp.enable_logging" (line 26), ' +
      '"mcp.enable_sampling" (line 27) are ignored, since that only hid things (see tools.disabled and security.read_only)',
    'Settings "database.postgres_url" (47:3), "database.postgres_max_conns" (line 48), "database.postgres_min_conns" (line 49) are ignored: ' +
      'this version has no PostgreSQL; database.driver says where conversations are kept',
    'Setting "telemetry.api_key" (66:3) is ignored, as by the older servers: telemetry.api_key_id and telemetry.api_key_secret are what the platform takes',
    'Setting "telemetry.enable_exemplars" (77:3) is ignored: metrics are sent without exemplars',
    `Setting "claude.default_model" (14:18) means "${currentModel}", since that model is retired`,
  ]);
});

for (const [server, count] of [
  ['python', 12],
  ['go', 15],
] as const) {
  test(`the server says in one line at its start what validate says of the ${server} server's file in ${count}`, async () => {
    const { notices, startNotices } = await load(server);
    assert.is(notices.length, count);
    assert.equal(startNotices, [
      `${count} remarks on settings that are ignored, or mean something else than for the older servers: see "tfo-mcp validate"`,
    ]);
  });
}

test('the server says at its start what "sse" means now, but to nobody who types it', async () => {
  const environment = { TELEMETRYFLOW_MCP_SERVER_TRANSPORT: 'sse' };
  const { notices, startNotices } = await loadConfiguration({}, hostWith(environment));
  assert.match(
    notices.join('\n'),
    /^Setting "server.transport" \(TELEMETRYFLOW_MCP_SERVER_TRANSPORT\) is "sse": the server listens/,
  );
  assert.equal(startNotices, notices);
  const flags = [{ flag: '--transport', key: 'server.transport', value: 'sse' }];
  assert.equal((await loadConfiguration({ flags }, hostWith({}))).notices, []);
  const both = await loadConfiguration({}, hostWith({ TELEMETRYFLOW_MCP_SERVER_TRANSPORT: 'http,sse' }));
  assert.equal(both.notices, []);
});

test('the server starts with every key of the Go server, and enforces on a network what that server only had keys for', async () => {
  const { configuration, notices, problems } = await load('go');
  assert.equal(problems, []);
  assert.is(configuration?.server.shutdown_timeout, 10);
  assert.is(configuration?.mcp.tool_timeout, 30);
  assert.is(configuration?.security.require_api_key, false);
  assert.is(configuration?.security.rate_limit_enabled, true);
  assert.is(configuration?.security.rate_limit_per_minute, 100);
  for (const key of ['allowed_api_keys', 'cors_enabled', 'cors_allowed_origins'])
    assert.match(notices.join('\n'), `"security.${key}"`);
  for (const key of ['max_conversations', 'add_source', 'protocol_version'])
    assert.match(notices.join('\n'), key);
});

test('the server takes what the older servers say of Claude, without what is the API’s own default', async () => {
  const [python, go] = [await load('python'), await load('go')].map(({ configuration }) => configuration);
  assert.ok(python && go);
  const settings = { maxTokens: 4096 };
  assert.equal(conversationSettings(python).settings, { ...settings, model: currentModel });
  assert.equal(conversationSettings(go).settings, { ...settings, model: 'claude-opus-4-7' });
  for (const { claude } of [python, go]) {
    assert.equal([claude.api_key, claude.timeout, claude.max_retries], [undefined, 120, 3]);
    assert.is(claude.base_url, 'https://api.anthropic.com');
  }
});

test('the server does with telemetry what the older servers’ files say', async () => {
  const [python, go] = await Promise.all([load('python'), load('go')]);
  const { headers: _, ...ofPython } = exporterSettings(telemetryOf(python), 'traces');
  assert.equal(
    [
      ofPython.target.protocol,
      ofPython.target.url.href,
      ofPython.gzip,
      ofPython.timeoutMs,
      ofPython.maxRetries,
    ],
    ['grpc', 'https://api.telemetryflow.id:4317/', true, 30_000, 3],
  );
  assert.equal(
    [telemetryOf(python).service_name, telemetryOf(python).environment, telemetryOf(python).enabled],
    ['telemetryflow-python-mcp', 'production', false],
  );
  const { target } = exporterSettings(telemetryOf(go), 'metrics');
  assert.equal([target.protocol, target.url.href], ['grpc', 'http://localhost:4317/']);
  const { enabled, trace_sample_rate, metrics_interval, enable_metrics } = telemetryOf(go);
  assert.equal([enabled, trace_sample_rate, metrics_interval, enable_metrics], [true, 1, 30, true]);
  assert.match(go.notices.join('\n'), '"telemetry.otlp_endpoint" (51:3) is read as telemetry.endpoint');
});

function telemetryOf({ configuration }: Awaited<ReturnType<typeof load>>) {
  assert.ok(configuration);
  return configuration.telemetry;
}

test('the table has no older key, or unused section, that neither server had', () => {
  const [python, go] = ['python', 'go'].map((server) => parse(readFileSync(fileOf(server), 'utf8')));
  const had = (section: string, name: string) =>
    name in (python[section] ?? {}) || name in (go[section] ?? {});
  for (const key of olderKeys) {
    const [section = '', name = ''] = key.split('.');
    assert.ok(had(section, name), key);
  }
  for (const section of UNUSED_SECTIONS) {
    assert.ok(section in python || section in go, section);
  }
});

for (const server of ['python', 'go']) {
  test(`the schema marks nothing in the ${server} server's configuration as wrong in an editor`, () => {
    const validate = new Ajv2020.default({ allowUnionTypes: true }).compile(configurationJsonSchema());
    assert.ok(validate(parse(readFileSync(fileOf(server), 'utf8'))), JSON.stringify(validate.errors));
  });
}

/** Variables of both servers that a setting has. */
const settingVariables: readonly [string, string, string, unknown][] = [
  ['SERVER_NAME', 'server.name', 'x', 'x'],
  ['SERVER_HOST', 'server.host', '0.0.0.0', '0.0.0.0'],
  ['SERVER_PORT', 'server.port', '9090', 9090],
  ['SERVER_TRANSPORT', 'server.transport', 'stdio', 'stdio'],
  ['SERVER_DEBUG', 'server.debug', 'true', true],
  ['DEBUG', 'server.debug', '1', true],
  ['MCP_TOOL_TIMEOUT', 'mcp.tool_timeout', '45.5', 45.5],
  ['MCP_MAX_MESSAGE_SIZE', 'mcp.max_message_size', '10485760', 10_485_760],
  ['CLAUDE_API_KEY', 'claude.api_key', 'sk-ant-1', '********'],
  ['CLAUDE_BASE_URL', 'claude.base_url', 'https://gateway.example', 'https://gateway.example'],
  ['CLAUDE_DEFAULT_MODEL', 'claude.default_model', 'claude-opus-4-7', 'claude-opus-4-7'],
  ['CLAUDE_MAX_TOKENS', 'claude.max_tokens', '100', 100],
  ['CLAUDE_TEMPERATURE', 'claude.temperature', '0.5', 0.5],
  ['CLAUDE_TIMEOUT', 'claude.timeout', '60.0', 60],
  ['CLAUDE_MAX_RETRIES', 'claude.max_retries', '0', 0],
  ['LOG_LEVEL', 'logging.level', 'WARNING', 'warn'],
  ['LOG_FORMAT', 'logging.format', 'console', 'pretty'],
  ['LOG_OUTPUT', 'logging.output', '/var/log/tfo-mcp.log', '/var/log/tfo-mcp.log'],
  ['TELEMETRY_ENABLED', 'telemetry.enabled', 'true', true],
  ['TELEMETRY_OTLP_ENDPOINT', 'telemetry.endpoint', 'localhost:4317', 'localhost:4317'],
  ['TELEMETRY_OTLP_INSECURE', 'telemetry.insecure', 'true', true],
  ['TELEMETRY_METRICS_ENABLED', 'telemetry.enable_metrics', 'false', false],
  ['TELEMETRY_SERVICE_NAME', 'telemetry.service_name', 'x', 'x'],
  ['OTLP_ENDPOINT', 'telemetry.endpoint', 'localhost:4317', 'localhost:4317'],
  ['SERVICE_NAME', 'telemetry.service_name', 'x', 'x'],
];

/** The Python server's variables of telemetry, which have a prefix of their own. */
const telemetryVariables: readonly [string, string, string, unknown][] = [
  ['ENABLED', 'telemetry.enabled', 'true', true],
  ['ENDPOINT', 'telemetry.endpoint', 'otel.example:4317', 'otel.example:4317'],
  ['PROTOCOL', 'telemetry.protocol', 'http', 'http/protobuf'],
  ['INSECURE', 'telemetry.insecure', 'true', true],
  ['TIMEOUT', 'telemetry.timeout', '30.0', 30],
  ['COMPRESSION', 'telemetry.compression', 'true', 'gzip'],
  ['SERVICE_NAME', 'telemetry.service_name', 'x', 'x'],
  ['SERVICE_NAMESPACE', 'telemetry.service_namespace', 'x', 'x'],
  ['ENVIRONMENT', 'telemetry.environment', 'staging', 'staging'],
  ['ENABLE_TRACES', 'telemetry.enable_traces', 'false', false],
  ['ENABLE_METRICS', 'telemetry.enable_metrics', '0', false],
  ['ENABLE_LOGS', 'telemetry.enable_logs', 'no', false],
  ['BATCH_TIMEOUT_MS', 'telemetry.batch_timeout_ms', '100', 100],
  ['BATCH_MAX_SIZE', 'telemetry.batch_max_size', '10', 10],
  ['RETRY_ENABLED', 'telemetry.retry_enabled', 'false', false],
  ['MAX_RETRIES', 'telemetry.max_retries', '1', 1],
  ['RETRY_BACKOFF_MS', 'telemetry.retry_backoff_ms', '10', 10],
  ['RATE_LIMIT', 'telemetry.rate_limit', '60', 60],
];

const everyVariable = [
  ...settingVariables.map(([name, ...rest]) => [`TELEMETRYFLOW_MCP_${name}`, ...rest] as const),
  ...telemetryVariables.map(([name, ...rest]) => [`TELEMETRYFLOW_${name}`, ...rest] as const),
];

for (const [name, key, text, value] of everyVariable) {
  test(`the server reads ${key} from ${name}`, async () => {
    const { settings, notices, problems } = await loadConfiguration(
      {},
      hostWith({ [name]: text, HOME: '/nobody' }),
    );
    assert.equal([...problems, ...notices], []);
    const setting = settings().find((one) => one.key === key);
    assert.equal([setting?.value, setting?.origin], [value, name]);
  });
}

for (const key of olderKeys.filter((one) => meaningOfOlder(one) === undefined)) {
  test(`the server starts with the variable of ${key}, and says what becomes of it`, async () => {
    const name = `TELEMETRYFLOW_MCP_${key.replace('.', '_').toUpperCase()}`;
    const { notices, problems } = await loadConfiguration({}, hostWith({ [name]: 'true' }));
    assert.equal(problems, []);
    assert.equal(notices, [`Setting "${key}" (${name}) is ${fateOf(key)}`]);
    assert.is(findSetting(key), undefined);
  });
}

for (const name of ['ENABLE_TOOLS', 'ENABLE_RESOURCES', 'ENABLE_PROMPTS']) {
  test(`the server knows TELEMETRYFLOW_MCP_${name}, which the older servers' documents name`, async () => {
    const { notices } = await loadConfiguration({}, hostWith({ [`TELEMETRYFLOW_MCP_${name}`]: 'false' }));
    assert.match(notices[0] ?? '', `"mcp.${name.toLowerCase()}" (TELEMETRYFLOW_MCP_${name}) is ignored`);
  });
}

test('the server says in one sentence which variables of both servers it does not use', async () => {
  const names = [
    'REDIS_URL',
    'CACHE_TTL',
    'NATS_URL',
    'QUEUE_CONCURRENCY',
    'POSTGRES_MAX_CONNS',
    'CLICKHOUSE_URL',
    'TELEMETRY_BACKEND',
  ].map((name) => `TELEMETRYFLOW_MCP_${name}`);
  const environment = Object.fromEntries(names.map((name) => [name, 'x']));
  const others = {
    ANTHROPIC_MODEL: 'x',
    anthropic_api_key: 'x',
    TELEMETRYFLOW_API_KEY: 'x',
  };
  const { notices, problems } = await loadConfiguration({}, hostWith({ ...environment, ...others }));
  assert.equal(problems, []);
  const list = names.map((name) => `"${name}"`).join(', ');
  assert.equal(notices, [`Environment variables ${list} are not used by this version`]);
});

test.run();
