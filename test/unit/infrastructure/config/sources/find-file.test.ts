import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findFile } from '../../../../../src/infrastructure/config/sources/configuration-paths.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('find file');

const files = {
  '/home/ada/.config/tfo-mcp/config.yaml': '',
  '/etc/tfo-mcp/tfo-mcp.yaml': '',
};
const environment = { TFO_MCP_CONFIG: 'from-variable.yaml' };

test('the search finds the first that exists', () => {
  assert.equal(findFile(memoryHost({ files }), undefined), {
    file: { path: '/home/ada/.config/tfo-mcp/config.yaml', namedBy: undefined },
    notices: [],
  });
  assert.is(findFile(memoryHost(), undefined).file, undefined);
});

test('the search takes the file that --config names, existing or not, before the one that TFO_MCP_CONFIG names', () => {
  assert.equal(findFile(memoryHost({ files, environment }), '~/mine.yaml').file, {
    path: '/home/ada/mine.yaml',
    namedBy: { where: '--config' },
  });
  assert.equal(findFile(memoryHost({ files, environment }), undefined).file, {
    path: '/project/from-variable.yaml',
    namedBy: { where: 'TFO_MCP_CONFIG' },
  });
});

test('the search takes an empty TFO_MCP_CONFIG for none', () => {
  const host = memoryHost({ files, environment: { TFO_MCP_CONFIG: '' } });
  assert.is(findFile(host, undefined).file?.namedBy, undefined);
});

for (const path of ['/project/tfo-mcp.yaml', '/project/tfo-mcp.yml', '/project/configs/tfo-mcp.yaml']) {
  test(`the search mentions ${path} and does not read it`, () => {
    const { file, notices } = findFile(memoryHost({ files: { [path]: '' } }), undefined);
    assert.is(file, undefined);
    assert.equal(notices, [`File "${path}" is not read unless named: --config "${path}"`]);
  });
}

/** Files in places where somebody may think that they are read, and what the search says of each. */
for (const [path, notice] of [
  [
    '/home/ada/.config/tfo-mcp/tfo-mcp.yml',
    'File "/home/ada/.config/tfo-mcp/tfo-mcp.yml" is not read: name it "/home/ada/.config/tfo-mcp/tfo-mcp.yaml"',
  ],
  [
    '/etc/tfo-mcp/config.yml',
    'File "/etc/tfo-mcp/config.yml" is not read: name it "/etc/tfo-mcp/config.yaml"',
  ],
  [
    '/home/ada/.telemetryflow-go-mcp/config.yaml',
    'File "/home/ada/.telemetryflow-go-mcp/config.yaml" of the Go server is not read unless named: --config "/home/ada/.telemetryflow-go-mcp/config.yaml"',
  ],
  [
    '/etc/telemetryflow-go-mcp/config.yaml',
    'File "/etc/telemetryflow-go-mcp/config.yaml" of the Go server is not read unless named: --config "/etc/telemetryflow-go-mcp/config.yaml"',
  ],
] as const) {
  test(`the search mentions ${path} once, and does not read it`, () => {
    assert.equal(findFile(memoryHost({ files: { [path]: '' } }), undefined), {
      file: undefined,
      notices: [notice],
    });
    assert.equal(findFile(memoryHost({ files: { [path]: '' } }), 'mine.yaml').notices, []);
  });
}

test('the search mentions no file of the Go server to who has moved', () => {
  const moved = { ...files, '/home/ada/.telemetryflow-go-mcp/config.yaml': '' };
  assert.equal(findFile(memoryHost({ files: moved }), undefined).notices, []);
});

test('the search mentions no file of the working directory when one is named', () => {
  const host = memoryHost({ files: { '/project/tfo-mcp.yaml': '' }, environment });
  assert.equal(findFile(host, undefined).notices, []);
  assert.equal(findFile(host, 'tfo-mcp.yaml').notices, []);
});

test('the search reads a file of the working directory that is a place of the user', () => {
  const path = '/home/ada/.config/tfo-mcp/tfo-mcp.yaml';
  const workingDirectory = '/home/ada/.config/tfo-mcp';
  const found = findFile(memoryHost({ files: { [path]: '' }, workingDirectory }), undefined);
  assert.equal(found, { file: { path, namedBy: undefined }, notices: [] });
});

test.run();
