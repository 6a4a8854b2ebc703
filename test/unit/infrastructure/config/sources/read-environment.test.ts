import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readEnvironment } from '../../../../../src/infrastructure/config/sources/read-environment.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('read environment');

function read(environment: Record<string, string>, platform: NodeJS.Platform = 'linux') {
  const { given, notices, problems } = readEnvironment(memoryHost({ environment, platform }));
  assert.equal(problems, []);
  const values = [...given].map(([key, { value, place }]) => [key, value, place.where]);
  return { values, notices };
}

test('the reader reads a setting from its variable and from its alias', () => {
  assert.equal(read({ TELEMETRYFLOW_MCP_MCP_PAGE_SIZE: '7', TELEMETRYFLOW_MCP_DEBUG: 'on' }).values, [
    ['server.debug', true, 'TELEMETRYFLOW_MCP_DEBUG'],
    ['mcp.page_size', 7, 'TELEMETRYFLOW_MCP_MCP_PAGE_SIZE'],
  ]);
});

test('the reader takes an empty variable for none', () => {
  assert.equal(read({ TELEMETRYFLOW_MCP_LOGGING_LEVEL: '', TELEMETRYFLOW_MCP_TYPO: '' }), {
    values: [],
    notices: [],
  });
  assert.equal(read({ TELEMETRYFLOW_MCP_LOGGING_LEVEL: '', TELEMETRYFLOW_MCP_LOG_LEVEL: 'warn' }).values, [
    ['logging.level', 'warn', 'TELEMETRYFLOW_MCP_LOG_LEVEL'],
  ]);
});

test('the reader prefers the name of the setting, and says which alias it ignores', () => {
  const { values, notices } = read({
    TELEMETRYFLOW_MCP_LOG_LEVEL: 'debug',
    TELEMETRYFLOW_MCP_LOGGING_LEVEL: 'warn',
  });
  assert.equal(values, [['logging.level', 'warn', 'TELEMETRYFLOW_MCP_LOGGING_LEVEL']]);
  assert.equal(notices, [
    'Environment variable "TELEMETRYFLOW_MCP_LOG_LEVEL" is ignored, since "TELEMETRYFLOW_MCP_LOGGING_LEVEL" sets the same',
  ]);
});

test('the reader says nothing when an alias says the same', () => {
  const { notices } = read({
    TELEMETRYFLOW_MCP_LOG_LEVEL: 'debug',
    TELEMETRYFLOW_MCP_LOGGING_LEVEL: 'debug',
  });
  assert.equal(notices, []);
});

test('the reader mentions an unknown variable with the name that was meant, and never its value', () => {
  const { values, notices } = read({
    TELEMETRYFLOW_MCP_LOGING_LEVEL: 'SECRET',
    TELEMETRYFLOW_MCP_POSTGRES_PASSWORD: 'SECRET',
    TELEMETRYFLOW_WORKSPACE: 'another program may use it',
    PATH: '/bin',
  });
  assert.equal(values, []);
  assert.equal(notices, [
    'Environment variable "TELEMETRYFLOW_MCP_LOGING_LEVEL" is not used by this version; did you mean "TELEMETRYFLOW_MCP_LOGGING_LEVEL"?',
    'Environment variable "TELEMETRYFLOW_MCP_POSTGRES_PASSWORD" is not used by this version',
  ]);
});

test('the reader reads everybody’s variables for the Claude API, after its own, and no others of that name', () => {
  assert.equal(read({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'b', ANTHROPIC_MODEL: 'm' }), {
    values: [
      ['claude.api_key', 'k', 'ANTHROPIC_API_KEY'],
      ['claude.base_url', 'b', 'ANTHROPIC_BASE_URL'],
    ],
    notices: [],
  });
  assert.equal(read({ ANTHROPIC_API_KEY: 'theirs', TELEMETRYFLOW_MCP_CLAUDE_API_KEY: 'ours' }), {
    values: [['claude.api_key', 'ours', 'TELEMETRYFLOW_MCP_CLAUDE_API_KEY']],
    notices: [
      'Environment variable "ANTHROPIC_API_KEY" is ignored, since "TELEMETRYFLOW_MCP_CLAUDE_API_KEY" sets the same',
    ],
  });
  assert.equal(read({ anthropic_api_key: 'k' }).values, []);
  assert.equal(read({ anthropic_api_key: 'k' }, 'win32').values, [
    ['claude.api_key', 'k', 'ANTHROPIC_API_KEY'],
  ]);
});

test('the reader leaves the variables of whole sections to their reader, and says which of them this version doesn’t use', () => {
  const { values, notices } = read({ TELEMETRYFLOW_MCP_SERVER: '{}', TELEMETRYFLOW_MCP_CACHE: '{}' });
  assert.equal(values, []);
  assert.equal(notices, ['Environment variable "TELEMETRYFLOW_MCP_CACHE" is not used by this version']);
});

test('the reader judges nearness without the prefix that all names share', () => {
  const { notices } = read({ TELEMETRYFLOW_MCP_BUG: '1' });
  assert.equal(notices, ['Environment variable "TELEMETRYFLOW_MCP_BUG" is not used by this version']);
});

test('the reader tells upper from lower case, except on Windows', () => {
  const environment = { telemetryflow_mcp_log_level: 'debug' };
  assert.match(read(environment).notices[0] ?? '', /did you mean "TELEMETRYFLOW_MCP_LOG_LEVEL"\?$/);
  assert.equal(read(environment, 'win32').notices, []);
});

test.run();
