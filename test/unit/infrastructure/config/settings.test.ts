import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import type { LogThreshold } from '../../../../src/application/ports/logger.ts';
import {
  type Configuration,
  configurationSchema,
  UNUSED_SECTIONS,
} from '../../../../src/infrastructure/config/schema.ts';
import { secretSettings, settings } from '../../../../src/infrastructure/config/settings.ts';

const test = suite('settings');

const keys = settings.map(({ key }) => key);
const variables = settings.flatMap((setting) => setting.variables);

test('has the keys of this version', () => {
  assert.equal(keys, [
    'server.name',
    'server.transport',
    'server.shutdown_timeout',
    'server.debug',
    'mcp.tool_timeout',
    'mcp.max_message_size',
    'mcp.page_size',
    'mcp.protocol_version',
    'logging.level',
    'logging.format',
    'logging.output',
    'security.state_key',
    'security.state_key_file',
    'tools.disabled',
  ]);
});

test('has the defaults of the reference', () => {
  const expected: Configuration = {
    server: { name: 'TelemetryFlow-MCP', transport: 'stdio', shutdown_timeout: 2, debug: false },
    mcp: { tool_timeout: 30, max_message_size: 67_108_864, page_size: 100 },
    logging: { level: 'info', format: 'auto', output: 'stderr' },
    security: {},
    tools: { disabled: [] },
  };
  assert.equal(v.parse(configurationSchema, {}), expected);
  const level: LogThreshold = expected.logging.level;
  assert.is(level, 'info');
});

test('names a variable after its section and key, and no two settings after one', () => {
  for (const { section, name, variables } of settings) {
    assert.is(variables[0], `TELEMETRYFLOW_MCP_${section}_${name}`.toUpperCase());
  }
  assert.is(new Set(variables).size, variables.length);
});

test('reads the variables of the older servers', () => {
  for (const name of ['DEBUG', 'LOG_LEVEL', 'LOG_FORMAT', 'LOG_OUTPUT', 'MCP_TOOL_TIMEOUT', 'SERVER_NAME']) {
    assert.ok(variables.includes(`TELEMETRYFLOW_MCP_${name}`), name);
  }
});

test('gives every secret a setting, and a variable, for the file that holds it', () => {
  assert.equal(
    secretSettings.map(({ secret }) => secret.key),
    settings.filter(({ secret }) => secret).map(({ key }) => key),
  );
  for (const { secret, file } of secretSettings) {
    assert.ok(file.path, file.key);
    assert.equal(
      file.variables,
      secret.variables.map((variable) => `${variable}_FILE`),
    );
  }
});

test('describes every setting in a phrase', () => {
  for (const { key, description } of settings) {
    assert.match(description, /^[A-Z`].*[^.]$/s, key);
  }
});

test('calls no section unused that it uses', () => {
  const used = new Set(settings.map(({ section }) => section));
  assert.equal(
    UNUSED_SECTIONS.filter((section) => used.has(section)),
    [],
  );
});

test.run();
