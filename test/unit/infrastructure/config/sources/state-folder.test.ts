import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stateFolder } from '../../../../../src/infrastructure/config/sources/state-folder.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('state folder');

for (const [platform, homeDirectory, environment, folder] of [
  ['linux', '/home/a', {}, '/home/a/.local/state/tfo-mcp'],
  ['linux', '/home/a', { XDG_STATE_HOME: '/state' }, '/state/tfo-mcp'],
  ['linux', '/home/a', { XDG_STATE_HOME: 'relative' }, '/home/a/.local/state/tfo-mcp'],
  ['linux', undefined, {}, undefined],
  ['linux', undefined, { XDG_STATE_HOME: '/state' }, '/state/tfo-mcp'],
  ['darwin', '/Users/a', {}, '/Users/a/Library/Application Support/tfo-mcp'],
  ['darwin', '/Users/a', { XDG_STATE_HOME: '/state' }, '/state/tfo-mcp'],
  ['win32', 'C:\\Users\\a', {}, 'C:\\Users\\a\\AppData\\Local\\tfo-mcp'],
  ['win32', 'C:\\Users\\a', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\tfo-mcp'],
  ['win32', undefined, {}, undefined],
] as const)
  test(`on ${platform}, of ${homeDirectory} and ${JSON.stringify(environment)}, it is ${folder}`, () =>
    assert.is(stateFolder({ ...memoryHost({}), platform, homeDirectory, environment }), folder));

test.run();
