import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { namesDirectory, plainPath } from '../../../../../src/domain/policy/paths/absolute-path.ts';
import { foreignPath } from '../../../../../src/domain/policy/paths/foreign-path.ts';
import { refusedWith } from '../../../../support/failure.ts';

const test = suite('path-foreign');

// [where, path, what speaks against it]
const foreign = [
  ['linux', 'C:\\Users\\me\\x.txt', 'Windows'],
  ['linux', 'C:\\Users\\me\\x.txt', '"/mnt/c/Users/me/x.txt"'],
  ['linux', 'C:/x', 'Windows'],
  ['linux', 'c:', 'Windows'],
  ['linux', 'c:x.txt', '"x.txt"'],
  ['linux', 'C:notes', 'relative to a folder of its drive'],
  ['linux', 'd:src/main.ts', '"src/main.ts"'],
  ['linux', 'Z:..\\a\\b.txt', '"../a/b.txt"'],
  ['macos', 'e:.', 'Windows'],
  ['linux', '/C:/Users/me', 'Windows'],
  ['linux', '\\\\server\\share', 'Windows'],
  ['linux', '\\\\?\\C:\\x', 'Windows'],
  ['linux', '\\Users\\me', 'Windows'],
  ['macos', 'D:\\x', 'Windows'],
  ['linux', 'src\\main.ts', '"src/main.ts"'],
  ['linux', '/work/src\\main.ts', '"/work/src/main.ts"'],
  ['linux', 'My\\ Documents/a\\ b.txt', '"My Documents/a b.txt"'],
  ['windows', '/c/Users/me/x.txt', '"C:\\\\Users\\\\me\\\\x.txt"'],
  ['windows', '/mnt/c/Users/me', '"C:\\\\Users\\\\me"'],
  ['windows', '/cygdrive/d/x', '"D:\\\\x"'],
  ['windows', '/c', '"C:\\\\"'],
  ['windows', '\\c\\Users', '"C:\\\\Users"'],
  ['windows', '/home/me/x', 'Linux or macOS'],
  ['windows', '/Users/me/x', 'Linux or macOS'],
  ['windows', '/tmp/x', 'Linux or macOS'],
  ['linux', '~you/x', '"~" alone'],
  ['linux', '~you', '"~" alone'],
  ['windows', '~you\\x', '"~" alone'],
  ['linux', '$HOME/x', '"$HOME"'],
  ['linux', '$\u007bHOME}/x', '"$\u007bHOME}"'],
  ['linux', '$\u007bworkspaceFolder}/src/a.ts', '"$\u007bworkspaceFolder}"'],
  ['linux', '$(pwd)/x', '"$(pwd)"'],
  ['linux', '%USERPROFILE%\\x', '"%USERPROFILE%"'],
  ['windows', '%USERPROFILE%\\x', '"%USERPROFILE%"'],
  ['windows', '%ProgramFiles(x86)%\\x', '"%ProgramFiles(x86)%"'],
  ['windows', '$env:USERPROFILE\\x', '"$env:USERPROFILE"'],
  ['linux', 'https://example.com/x.txt', 'URL'],
  ['linux', 'vscode-remote://ssh/x', 'URL'],
  ['linux', 'file:x.txt', 'file URI'],
  ['linux', '"/work/x.txt"', 'quotes'],
  ['linux', "'a b.txt'", 'quotes'],
  ['linux', '`a.txt`', 'quotes'],
  ['linux', '`pwd`/x', '"`pwd`"'],
  ['linux', '<project>/x', '"<project>"'],
  ['linux', 'https:/example.com/x', 'URL'],
  ['linux', 'a.txt\n', 'control character'],
  ['linux', 'src/a.ts\r\n', 'control character'],
  ['windows', 'a\tb.txt', 'control character'],
  ['linux', 'a.txt ', 'blanks'],
  ['linux', ' a.txt', 'blanks'],
  ['linux', '/work/a.txt\u00a0', 'blanks'],
] as const;

for (const [platform, path, why] of foreign)
  test(`${platform}: ${path} is no path of here`, () => assert.match(foreignPath(path, platform) ?? '', why));

const native = [
  ['linux', 'a.txt'],
  ['linux', '/c/Users/me'],
  ['linux', '/mnt/c/x'],
  ['linux', '/Users/me'],
  ['linux', '~'],
  ['linux', '~/x'],
  ['linux', '~$report.docx'],
  ['linux', '~backup.txt'],
  ['linux', 'a~b/c'],
  ['linux', 'cc:/x'],
  ['linux', 'a:b'],
  ['linux', 'dev-disk-by\\x2duuid.mount'],
  ['linux', './C:\\x.txt'],
  ['linux', './c:x.txt'],
  ['linux', 'logs/c:x.txt'],
  ['linux', 'cc:x.txt'],
  ['linux', './$HOME/x'],
  ['linux', './a.txt '],
  ['linux', 'a /b'],
  ['linux', 'a<b>/c'],
  ['linux', '<b>.txt'],
  ['linux', './src\\main.ts'],
  ['linux', 'routes/$HOME/x'],
  ['linux', '$userId/edit.tsx'],
  ['linux', '$types.d.ts'],
  ['linux', '{{cookiecutter.name}}/x'],
  ['linux', '50%/x'],
  ['linux', '100%done%'],
  ['linux', "it's.txt"],
  ['linux', '"a" and "b'],
  ['windows', 'C:\\Users\\me\\x.txt'],
  ['windows', 'c:/x'],
  ['windows', '\\\\server\\share\\x'],
  ['windows', '//server/share/x'],
  ['windows', '/work/x'],
  ['windows', 'src\\main.ts'],
  ['windows', 'c\\x'],
  ['windows', '~\\x'],
] as const;

for (const [platform, path] of native)
  test(`${platform}: ${path} is one`, () => assert.is(foreignPath(path, platform), undefined));

for (const [platform, path, plain] of [
  ['linux', 'file:///srv/x%20y.txt', '/srv/x y.txt'],
  ['linux', 'FILE:///srv/x', '/srv/x'],
  ['linux', 'file://localhost/srv/x', '/srv/x'],
  ['linux', 'file:/srv/x', '/srv/x'],
  ['linux', 'file:///C:/x', '/C:/x'],
  ['linux', 'file:x', 'file:x'],
  ['linux', 'files/x', 'files/x'],
  ['linux', './file:/x', './file:/x'],
  ['windows', 'file:///C:/Users/me', 'C:\\Users\\me'],
  ['windows', 'file:///c%3A/Users', 'c:\\Users'],
  ['windows', 'file:c:/x', 'c:\\x'],
  ['windows', 'file://server/share/x', '\\\\server\\share\\x'],
] as const)
  test(`${platform}: ${path} means ${plain}`, () => assert.is(plainPath(path, platform), plain));

for (const path of ['file://server/x', 'file:///a?b', 'file:///a#b', 'file:///%zz', 'file:///'])
  test(`${path} names no file`, () =>
    assert.throws(() => plainPath(path, 'linux'), refusedWith('resource.uri-invalid')));

for (const [platform, path, expected] of [
  ['linux', 'a/', true],
  ['linux', 'a//', true],
  ['linux', 'a/.', true],
  ['linux', 'a/./', true],
  ['linux', 'a', false],
  ['linux', 'a/b.', false],
  ['linux', 'a\\', false],
  ['windows', 'a\\', true],
  ['windows', 'a/', true],
  ['windows', 'a\\.', true],
] as const)
  test(`${platform}: ${path} ${expected ? 'can only be a directory' : 'can be a file'}`, () =>
    assert.is(namesDirectory(path, platform), expected));

test.run();
