import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import type { LogThreshold } from '../../../../../src/application/ports/logger.ts';
import { currentModel } from '../../../../../src/infrastructure/claude/model-table.ts';
import {
  type Configuration,
  configurationSchema,
} from '../../../../../src/infrastructure/config/schema/configuration-schema.ts';
import {
  allSections,
  allSettings,
  fileOfSecret,
  secretInFile,
} from '../../../../../src/infrastructure/config/schema/settings.ts';
import { olderKeys, UNUSED_SECTIONS } from '../../../../../src/infrastructure/config/sources/older-names.ts';

const test = suite('settings');

const settings = allSettings();
const keys = settings.map(({ key }) => key);
const variables = settings.flatMap((setting) => setting.variables);

test('the table has the keys of this version', () => {
  assert.equal(keys, [
    'server.name',
    'server.transport',
    'server.host',
    'server.port',
    'server.public_url',
    'server.max_sessions',
    'server.session_timeout',
    'server.max_message_size',
    'server.shutdown_timeout',
    'server.debug',
    'claude.api_key',
    'claude.api_key_file',
    'claude.base_url',
    'claude.default_model',
    'claude.max_tokens',
    'claude.temperature',
    'claude.top_p',
    'claude.top_k',
    'claude.timeout',
    'claude.max_retries',
    'claude.max_conversations',
    'claude.max_messages',
    'claude.max_conversation_tokens',
    'mcp.tool_timeout',
    'mcp.max_message_size',
    'mcp.page_size',
    'logging.level',
    'logging.format',
    'logging.output',
    'logging.max_file_size',
    'logging.max_files',
    'security.allowed_directories',
    'security.read_only',
    'security.confirm_overwrite',
    'security.commands.policy',
    'security.commands.allowlist',
    'security.allowed_hosts',
    'security.allowed_origins',
    'security.api_keys_file',
    'security.require_api_key',
    'security.insecure',
    'security.jwt.issuer',
    'security.jwt.audience',
    'security.jwt.jwks_url',
    'security.rate_limit_enabled',
    'security.rate_limit_per_minute',
    'security.rate_limit_burst',
    'security.state_key',
    'security.state_key_file',
    'tools.toolsets',
    'tools.disabled',
    'tools.max_read_bytes',
    'tools.max_image_bytes',
    'tools.max_output_bytes',
    'tools.max_write_bytes',
    'tools.max_entries',
    'tools.max_results',
    'tools.command_timeout',
    'tools.max_command_timeout',
    'tools.max_concurrent_commands',
  ]);
});

test('the table has the defaults of the reference', () => {
  const expected: Configuration = {
    server: {
      name: 'TelemetryFlow-MCP',
      transport: 'stdio',
      host: '127.0.0.1',
      port: 8080,
      max_sessions: 1000,
      session_timeout: 1800,
      max_message_size: 25_165_824,
      shutdown_timeout: 2,
      debug: false,
    },
    claude: {
      base_url: 'https://api.anthropic.com',
      default_model: currentModel,
      max_tokens: 4096,
      temperature: 1,
      top_p: 1,
      top_k: 0,
      timeout: 120,
      max_retries: 3,
      max_conversations: 100,
      max_messages: 1000,
      max_conversation_tokens: 20_000_000,
    },
    mcp: { tool_timeout: 30, max_message_size: 67_108_864, page_size: 100 },
    logging: { level: 'info', format: 'auto', output: 'stderr', max_file_size: 10_485_760, max_files: 5 },
    security: {
      allowed_directories: [],
      read_only: false,
      confirm_overwrite: false,
      commands: { allowlist: [] },
      allowed_hosts: ['localhost', '127.0.0.1', '[::1]'],
      allowed_origins: ['localhost', '127.0.0.1', '[::1]'],
      require_api_key: false,
      insecure: false,
      jwt: {},
      rate_limit_burst: 100,
    },
    tools: {
      toolsets: ['local'],
      disabled: [],
      max_read_bytes: 262_144,
      max_image_bytes: 3_750_000,
      max_output_bytes: 262_144,
      max_write_bytes: 16_777_216,
      max_entries: 1000,
      max_results: 200,
      command_timeout: 30,
      max_command_timeout: 600,
      max_concurrent_commands: 16,
    },
  };
  assert.equal(v.parse(configurationSchema, {}), expected);
  const level: LogThreshold = expected.logging.level;
  assert.is(level, 'info');
});

test('the table names a variable after its section and key, and no two settings after one', () => {
  for (const { path, variables } of settings) {
    assert.is(variables[0], `TELEMETRYFLOW_MCP_${path.join('_')}`.toUpperCase());
  }
  assert.is(new Set(variables).size, variables.length);
});

test('the table reads the variables of the older servers', () => {
  for (const name of ['DEBUG', 'LOG_LEVEL', 'LOG_FORMAT', 'LOG_OUTPUT', 'MCP_TOOL_TIMEOUT', 'SERVER_NAME']) {
    assert.ok(variables.includes(`TELEMETRYFLOW_MCP_${name}`), name);
  }
});

test('the table gives every secret a setting, and a variable, for the file that holds it', () => {
  for (const secret of settings.filter((setting) => setting.secret)) {
    const file = fileOfSecret(secret);
    assert.ok(file?.holdsPaths, secret.key);
    assert.is(secretInFile(file), secret);
    assert.equal(
      file.variables,
      secret.variables.map((variable) => `${variable}_FILE`),
    );
  }
});

test('the table describes every setting in a phrase', () => {
  for (const { key, description } of settings) {
    assert.match(description, /^[A-Z`].*[^.]$/s, key);
  }
});

test('the table calls no section unused that it uses', () => {
  assert.equal(
    UNUSED_SECTIONS.filter((section) => allSections().has(section)),
    [],
  );
});

test('the table names sections from the outer to the inner', () => {
  assert.equal(
    [...allSections()],
    ['server', 'claude', 'mcp', 'logging', 'security', 'security.commands', 'security.jwt', 'tools'],
  );
});

test('the table has each key of the older servers as a setting or as an older key, not as both', () => {
  assert.equal(
    olderKeys.filter((key) => keys.includes(key)),
    [],
  );
});

test.run();
