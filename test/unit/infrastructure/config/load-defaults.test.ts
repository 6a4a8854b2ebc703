import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../src/infrastructure/config/load-configuration.ts';
import { loadDefaults } from '../../../../src/infrastructure/config/load-defaults.ts';
import { memoryHost } from './memory-host.ts';

const test = suite('load defaults');

const FILE = '/etc/tfo-mcp/tfo-mcp.yaml';

test('are what the whole reading comes to where nothing is given', async () => {
  const host = memoryHost({ environment: { PATH: '/bin', TELEMETRYFLOW_MCP_SERVER_NAME: '' } });
  assert.equal(loadDefaults({}, host), (await loadConfiguration({}, host)).configuration);
});

for (const [what, request, given] of [
  ['a flag', { flags: [{ flag: '--debug', key: 'server.debug', value: 'true' }] }, {}],
  ['a file that is named', { file: '/x.yaml' }, {}],
  ['a file that is found', {}, { files: { [FILE]: '' } }],
  ['a file that a variable names', {}, { environment: { TFO_MCP_CONFIG: '/x.yaml' } }],
  ['a variable', {}, { environment: { TELEMETRYFLOW_MCP_SERVER_NAME: 'x' } }],
  ['a variable that is mistyped', {}, { environment: { TELEMETRYFLOW_MCP_SERVR_NAME: 'x' } }],
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
