import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  configurationSearchPath,
  expandPath,
  unreadPaths,
} from '../../../../../src/infrastructure/config/sources/configuration-paths.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('configuration paths');

test('the search path searches ~/.config, then /etc', () => {
  assert.equal(configurationSearchPath(memoryHost()), [
    '/home/ada/.config/tfo-mcp/tfo-mcp.yaml',
    '/home/ada/.config/tfo-mcp/config.yaml',
    '/etc/tfo-mcp/tfo-mcp.yaml',
    '/etc/tfo-mcp/config.yaml',
  ]);
});

test('the search path searches XDG_CONFIG_HOME first, if it is absolute', () => {
  const paths = configurationSearchPath(memoryHost({ environment: { XDG_CONFIG_HOME: '/xdg' } }));
  assert.equal(paths.slice(0, 3), [
    '/xdg/tfo-mcp/tfo-mcp.yaml',
    '/xdg/tfo-mcp/config.yaml',
    '/home/ada/.config/tfo-mcp/tfo-mcp.yaml',
  ]);
  const relative = configurationSearchPath(memoryHost({ environment: { XDG_CONFIG_HOME: 'xdg' } }));
  assert.equal(relative, configurationSearchPath(memoryHost()));
});

test('the search path searches ~/Library/Application Support after ~/.config on macOS', () => {
  const paths = configurationSearchPath(memoryHost({ platform: 'darwin', homeDirectory: '/Users/ada' }));
  assert.is(paths[0], '/Users/ada/.config/tfo-mcp/tfo-mcp.yaml');
  assert.is(paths[2], '/Users/ada/Library/Application Support/tfo-mcp/tfo-mcp.yaml');
});

test('the search path searches %APPDATA% and ~\\.config on Windows, and no /etc of the current drive', () => {
  const homeDirectory = 'C:\\Users\\ada';
  const expected = [
    'C:\\Users\\ada\\AppData\\Roaming\\tfo-mcp\\tfo-mcp.yaml',
    'C:\\Users\\ada\\AppData\\Roaming\\tfo-mcp\\config.yaml',
    'C:\\Users\\ada\\.config\\tfo-mcp\\tfo-mcp.yaml',
    'C:\\Users\\ada\\.config\\tfo-mcp\\config.yaml',
  ];
  assert.equal(configurationSearchPath(memoryHost({ platform: 'win32', homeDirectory })), expected);
  const environment = { APPDATA: 'D:\\Roaming' };
  const paths = configurationSearchPath(memoryHost({ platform: 'win32', homeDirectory, environment }));
  assert.is(paths[0], 'D:\\Roaming\\tfo-mcp\\tfo-mcp.yaml');
});

test('the search path searches only the places of the machine, for a user without a home', () => {
  assert.equal(configurationSearchPath(memoryHost({ homeDirectory: undefined })), [
    '/etc/tfo-mcp/tfo-mcp.yaml',
    '/etc/tfo-mcp/config.yaml',
  ]);
});

test('the search path knows where the older servers looked first', () => {
  assert.equal(unreadPaths(memoryHost()), ['/project/tfo-mcp.yaml', '/project/configs/tfo-mcp.yaml']);
});

test('the search path expands paths', () => {
  const host = memoryHost();
  assert.is(expandPath(host, '/a/../b.yaml'), '/b.yaml');
  assert.is(expandPath(host, 'b.yaml'), '/project/b.yaml');
  assert.is(expandPath(host, 'b.yaml', '/etc'), '/etc/b.yaml');
  assert.is(expandPath(host, '~/b.yaml'), '/home/ada/b.yaml');
  assert.is(expandPath(host, '~'), '/home/ada');
  assert.is(expandPath(host, '~b.yaml'), '/project/~b.yaml');
  assert.is(expandPath(memoryHost({ homeDirectory: undefined }), '~/b'), '/project/~/b');
  const windows = memoryHost({
    platform: 'win32',
    homeDirectory: 'C:\\Users\\ada',
    workingDirectory: 'D:\\x',
  });
  assert.is(expandPath(windows, '~\\b.yaml'), 'C:\\Users\\ada\\b.yaml');
  assert.is(expandPath(windows, 'b.yaml'), 'D:\\x\\b.yaml');
});

test.run();
