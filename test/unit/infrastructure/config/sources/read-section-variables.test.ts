import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfiguration } from '../../../../../src/infrastructure/config/load-configuration.ts';
import { readSectionVariables } from '../../../../../src/infrastructure/config/sources/read-section-variables.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('read section variables');

function read(environment: Record<string, string>, platform: NodeJS.Platform = 'linux') {
  const { given, notices, problems } = readSectionVariables(memoryHost({ environment, platform }));
  return {
    values: [...given].map(([key, { value, place }]) => [key, value, place.where]),
    notices,
    problems: problems.map(({ where, key, message }) => [where, key, message]),
  };
}

test('the reader reads a section from the JSON in its variable, sections in it too', () => {
  assert.equal(
    read({
      TELEMETRYFLOW_MCP_SERVER: '{"name": "mine", "debug": "yes", "version": "1.1.2", "host": null}',
      TELEMETRYFLOW_MCP_SECURITY: '{"commands": {"policy": "off"}}',
    }),
    {
      values: [
        ['server.name', 'mine', 'TELEMETRYFLOW_MCP_SERVER'],
        ['server.debug', true, 'TELEMETRYFLOW_MCP_SERVER'],
        ['security.commands.policy', 'off', 'TELEMETRYFLOW_MCP_SECURITY'],
      ],
      notices: [
        'Setting "server.version" (TELEMETRYFLOW_MCP_SERVER) is ignored, since the program knows its version',
      ],
      problems: [],
    },
  );
});

test('the reader names what the section has no key for, with what was probably meant', () => {
  assert.equal(read({ TELEMETRYFLOW_MCP_SERVER: '{"prot": 1}' }).problems, [
    ['TELEMETRYFLOW_MCP_SERVER', 'server.prot', 'Unknown key "server.prot"; did you mean "server.port"?'],
  ]);
});

for (const text of ['SECRET', '"SECRET"', '["SECRET"]', 'null', '{"name": "SECRET"']) {
  test(`the reader refuses ${text}, and doesn’t repeat it`, () => {
    assert.equal(read({ TELEMETRYFLOW_MCP_SERVER: text }), {
      values: [],
      notices: [],
      problems: [
        [
          'TELEMETRYFLOW_MCP_SERVER',
          'server',
          'Expected TELEMETRYFLOW_MCP_SERVER to be a JSON object with keys of "server", got something else',
        ],
      ],
    });
  });
}

test('the reader has no section without a variable, nor in an empty one; Windows takes any case', () => {
  assert.equal(read({ TELEMETRYFLOW_MCP_SERVER: '', TELEMETRYFLOW_MCP_LOG_LEVEL: 'x' }).values, []);
  assert.equal(read({ telemetryflow_mcp_server: '{"name": "a"}' }).values, []);
  assert.equal(read({ telemetryflow_mcp_server: '{"name": "a"}' }, 'win32').values.length, 1);
});

test('the reader goes behind flags and the variable of one setting, before the file; every value is checked', async () => {
  const load = (environment: Record<string, string>, file = '') =>
    loadConfiguration(
      { flags: [{ flag: '--log-level', key: 'logging.level', value: 'error' }] },
      memoryHost({ environment, files: { '/etc/tfo-mcp/tfo-mcp.yaml': file } }),
    );
  const environment = {
    TELEMETRYFLOW_MCP_MCP: '{"page_size": 2, "tool_timeout": "90s"}',
    TELEMETRYFLOW_MCP_MCP_PAGE_SIZE: '1',
    TELEMETRYFLOW_MCP_LOGGING: '{"level": "debug", "format": "json"}',
  };
  const { configuration, notices, settings } = await load(
    environment,
    'logging: {format: pretty}\nmcp: {page_size: 3}\n',
  );
  assert.equal(
    [configuration?.mcp.page_size, configuration?.mcp.tool_timeout, configuration?.logging.level],
    [1, 90, 'error'],
  );
  assert.is(configuration?.logging.format, 'json');
  assert.equal(notices, []);
  const format = settings().find(({ key }) => key === 'logging.format');
  assert.is(format?.origin, 'TELEMETRYFLOW_MCP_LOGGING');
  const { problems } = await load({
    TELEMETRYFLOW_MCP_MCP: '{"page_size": 0}',
    TELEMETRYFLOW_MCP_MCP_PAGE_SIZE: '1',
  });
  assert.equal(
    problems.map(({ where, key }) => [where, key]),
    [['TELEMETRYFLOW_MCP_MCP', 'mcp.page_size']],
  );
});

test('a secret in it that another one overrides is known as one', async () => {
  const [inSection, alone] = ['s', 'a'].map((letter) => Buffer.alloc(32, letter).toString('base64'));
  const { secrets } = await loadConfiguration(
    {},
    memoryHost({
      environment: {
        TELEMETRYFLOW_MCP_SECURITY: JSON.stringify({ state_key: inSection }),
        TELEMETRYFLOW_MCP_SECURITY_STATE_KEY: alone as string,
      },
    }),
  );
  assert.equal([...secrets].sort(), [alone, inSection].sort());
});

test.run();
