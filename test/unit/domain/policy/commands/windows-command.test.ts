import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isBatchFile,
  isProgramPath,
  programFiles,
  requireDirectoryOfShell,
  windowsLine,
} from '../../../../../src/domain/policy/commands/windows-command.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { refusedWith, thrownBy } from '../../../../support/failure.ts';

const test = suite('windows-command');

const refusal = (line: Parameters<typeof windowsLine>[0]): string => {
  const error = thrownBy(() => windowsLine(line));
  assert.instance(error, DomainError);
  assert.is(error.code, 'command.invalid');
  return error.message;
};

for (const command of [
  'a\nb',
  'a\r\nb',
  'a\rb',
  'if x (\r\n  y\r\n)',
  'a ^\nb',
  'echo "a\nb"',
  '\n a\n\nb\n',
])
  test(`${JSON.stringify(command)} is refused, with the way to write it`, () => {
    assert.match(refusal({ command }), 'to be one line');
    assert.match(refusal({ command }), '"-Command"');
  });

for (const [command, run] of [
  ['dir\n', 'dir'],
  ['\r\ndir /b\r\n\r\n', 'dir /b'],
  [' dir ', ' dir '],
  ['echo a\u2028b', 'echo a\u2028b'],
] as const)
  test(`${JSON.stringify(command)} is one line`, () =>
    assert.equal(windowsLine({ command }), { command: run }));

for (const program of [
  'npm.cmd',
  'C:\\x\\build.BAT',
  '.\\a.bat',
  'a.cmd.',
  'a.bat . ',
  'sub/a.Cmd',
  'foo.bat\\',
  'sub/foo.cmd/.',
])
  test(`${JSON.stringify(program)} is a batch file: it is no program for "argv"`, () => {
    assert.ok(isBatchFile(program));
    const message = refusal({ argv: [program, 'x'] });
    assert.match(message, JSON.stringify(program));
    assert.match(message, 'use "command"');
  });

test('other programs and arguments are taken as they are, lines included', () => {
  for (const argv of [
    ['git', 'log'],
    ['a.bat.exe'],
    ['cmd', '/c', 'x.bat'],
    ['python', '-c', 'a\nb'],
    ['bat'],
  ])
    assert.equal(windowsLine({ argv }), { argv });
});

test('a program is looked for in the absolute folders of PATH, never where the command runs', () => {
  const Path = '.;C:\\Git\\cmd\\;;bin;"C:\\Program Files\\x";\\here;C:rel;\\\\server\\tools;D:\\';
  assert.equal(
    programFiles('git', { Path }).filter((file) => file.endsWith('.exe')),
    ['C:\\Git\\cmd\\git.exe', 'C:\\Program Files\\x\\git.exe', '\\\\server\\tools\\git.exe', 'D:\\git.exe'],
  );
  assert.equal(programFiles('git', {}), []);
});

test('a program is looked for under its name if that has an ending, then as Windows starts it, then as cmd.exe does', () => {
  assert.equal(programFiles('npm', { PATH: 'C:\\n' }), [
    'C:\\n\\npm.com',
    'C:\\n\\npm.exe',
    'C:\\n\\npm.bat',
    'C:\\n\\npm.cmd',
  ]);
  assert.is(programFiles('git.exe', { PATH: 'C:\\n' })[0], 'C:\\n\\git.exe');
});

test('what names a place is no name to look for', () => {
  for (const path of ['.\\git', 'bin/git', 'C:git', 'C:\\git.exe', '\\\\server\\x\\git'])
    assert.ok(isProgramPath(path));
  for (const name of ['git', 'git.exe', '..git']) assert.not(isProgramPath(name));
});

for (const [directory, isRefused] of [
  ['\\\\srv\\share', true],
  ['\\\\wsl$\\Ubuntu\\home\\me', true],
  ['\\\\?\\UNC\\srv\\share', true],
  ['//srv/share', true],
  ['C:\\work', false],
  ['\\\\?\\C:\\work', false],
] as const)
  test(`a line for cmd.exe is ${isRefused ? 'not ' : ''}run in ${directory}, and a program is`, () => {
    const line = () => requireDirectoryOfShell({ command: 'del /q *' }, directory);
    if (isRefused) assert.throws(line, refusedWith('command.invalid'));
    else line();
    requireDirectoryOfShell({ argv: ['whoami'] }, directory);
  });

test.run();
