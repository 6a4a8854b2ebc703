import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isAllowedProgram,
  readAllowedProgram,
} from '../../../../../../src/infrastructure/config/schema/values/allowed-program.ts';

const test = suite('allowed program');

test('the schema reads a program and its first arguments', () => {
  assert.equal(readAllowedProgram('/usr/bin/true'), { path: '/usr/bin/true', arguments: [] });
  assert.equal(readAllowedProgram(' /usr/bin/git  log "--format=%h %s" '), {
    path: '/usr/bin/git',
    arguments: ['log', '--format=%h %s'],
  });
  assert.equal(readAllowedProgram('"C:\\Program Files\\Git\\git.exe" status'), {
    path: 'C:\\Program Files\\Git\\git.exe',
    arguments: ['status'],
  });
  assert.equal(readAllowedProgram('/bin/echo ""'), { path: '/bin/echo', arguments: [''] });
});

test('the schema takes absolute programs of any platform, and nothing else', () => {
  for (const entry of [
    '/bin/ls',
    '"/opt/my tools/x" -v',
    'D:\\x.exe',
    'c:/x.exe',
    '\\\\host\\share\\x.exe',
  ]) {
    assert.ok(isAllowedProgram(entry), entry);
  }
  for (const entry of ['ls', './ls', '~/ls', 'git status', '"/bin/ls', '/', '""', '"', 'C:x.exe', '']) {
    assert.not.ok(isAllowedProgram(entry), entry);
  }
});

test.run();
