import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showsUnicode } from '../../../../../src/presentation/cli/terminal/process-terminal.ts';

const test = suite('shows Unicode');

for (const [platform, environment, shows] of [
  ['linux', {}, false],
  ['linux', { LANG: 'de_DE.UTF-8' }, true],
  ['linux', { LANG: 'C.utf8' }, true],
  ['linux', { LANG: 'C' }, false],
  ['linux', { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, false],
  ['linux', { LC_ALL: '', LC_CTYPE: 'UTF-8', LANG: 'C' }, true],
  ['linux', { LANG: 'de_DE.UTF-8', TERM: 'xterm-256color' }, true],
  ['linux', { LANG: 'de_DE.UTF-8', TERM: 'linux' }, false],
  ['darwin', { TERM: 'dumb' }, false],
  ['darwin', {}, true],
  ['darwin', { LANG: 'C' }, false],
  ['win32', {}, false],
  ['win32', { LANG: 'de_DE.UTF-8' }, false],
  ['win32', { WT_SESSION: '1' }, true],
  ['win32', { TERM_PROGRAM: 'vscode' }, true],
] as const)
  test(`${platform} with ${JSON.stringify(environment)}: ${shows}`, () => {
    assert.is(showsUnicode(platform, environment), shows);
  });

test.run();
