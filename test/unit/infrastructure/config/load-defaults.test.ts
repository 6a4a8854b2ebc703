import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../src/infrastructure/config/load-configuration.ts';
import { loadDefaults } from '../../../../src/infrastructure/config/load-defaults.ts';
import { memoryHost } from './memory-host.ts';

const test = suite('load defaults');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

test('are what the whole reading comes to where nothing is given', async () => {
  const host = memoryHost({ environment: { PATH: '/bin', TELEMETRYFLOW_MCP_SERVER_NAME: '' } });
  const { configuration, secrets } = await loadConfiguration({}, host);
  assert.equal(loadDefaults({}, host), { configuration, secrets });
});

test('are what the whole reading comes to where nothing but a key is given', async () => {
  const host = memoryHost({ environment: { ANTHROPIC_API_KEY: 'sk-ant-1', ANTHROPIC_MODEL: 'x' } });
  const { configuration, secrets } = await loadConfiguration({}, host);
  assert.is(configuration?.claude.api_key, 'sk-ant-1');
  assert.equal(loadDefaults({}, host), { configuration, secrets });
});

for (const [what, request, given] of [
  ['a flag', { flags: [{ flag: '--debug', key: 'server.debug', value: 'true' }] }, {}],
  ['a file that is named', { file: '/x.yaml' }, {}],
  ['a file that is found', {}, { files: { [FILE]: '' } }],
  ['a file that a variable names', {}, { environment: { TFO_MCP_CONFIG: '/x.yaml' } }],
  ['a variable', {}, { environment: { TELEMETRYFLOW_MCP_SERVER_NAME: 'x' } }],
  ['a variable that is mistyped', {}, { environment: { TELEMETRYFLOW_MCP_SERVR_NAME: 'x' } }],
  ['a key that may not be one', {}, { environment: { ANTHROPIC_API_KEY: 'sk ant' } }],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nothing has replaced
  ...['${ANTHROPIC_API_KEY}', '$ANTHROPIC_API_KEY', '%KEY%', '{env:KEY}', '<key>', '{{ key }}'].map(
    (key) => [`"${key}" for a key`, {}, { environment: { ANTHROPIC_API_KEY: key } }] as const,
  ),
  ['a key beside another variable', {}, { environment: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'x' } }],
] as const) {
  test(`leave ${what} to be read`, () => {
    assert.is(loadDefaults(request, memoryHost(given)), undefined);
  });
}

test('leave a file that is only to be mentioned', () => {
  const host = memoryHost();
  assert.is(
    loadDefaults({}, { ...host, exists: (path) => path === `${host.workingDirectory}/tfo-mcp.yaml` }),
    undefined,
  );
});

test.run();
