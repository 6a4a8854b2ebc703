import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absolutePath, parentPath } from '../../../../../src/domain/policy/paths/absolute-path.ts';
import { isInside } from '../../../../../src/domain/policy/paths/containment.ts';
import { DomainError } from '../../../../../src/domain/shared/domain-error.ts';
import { refusedWith, thrownBy } from '../../../../support/failure.ts';

const test = suite('path-absolute');

const linux = { platform: 'linux', homeDirectory: '/home/me', directory: '/work/site' } as const;
const macos = { platform: 'macos', homeDirectory: '/Users/me', directory: '/Users/me/site' } as const;
const windows = { platform: 'windows', homeDirectory: 'C:\\Users\\me', directory: 'D:\\site' } as const;

const rows = [
  [linux, '/a/b', '/a/b'],
  [linux, '/a//b/./c/../d/', '/a/b/d'],
  [linux, '/../../etc', '/etc'],
  [linux, '/', '/'],
  [linux, '//a', '/a'],
  [linux, '.', '/work/site'],
  [linux, 'a.txt', '/work/site/a.txt'],
  [linux, '../../../../x', '/x'],
  [linux, '~', '/home/me'],
  [linux, '~/notes', '/home/me/notes'],
  [linux, '~/../you', '/home/you'],
  [linux, '~you/x', '/work/site/~you/x'],
  [linux, 'a~', '/work/site/a~'],
  [linux, 'a\\b', '/work/site/a\\b'],
  [linux, 'C:\\x', '/work/site/C:\\x'],
  [linux, 'nul', '/work/site/nul'],
  [linux, 'a. ', '/work/site/a. '],
  [macos, '~/Notes', '/Users/me/Notes'],
  [windows, 'a/b', 'D:\\site\\a\\b'],
  [windows, '\\x', 'D:\\x'],
  [windows, 'c:/x/../Y', 'c:\\Y'],
  [windows, 'C:\\', 'C:\\'],
  [windows, 'C:\\..\\..\\x', 'C:\\x'],
  [windows, '~\\x', 'C:\\Users\\me\\x'],
  [windows, '~/x', 'C:\\Users\\me\\x'],
  [windows, '\\\\server\\share', '\\\\server\\share\\'],
  [windows, '\\\\server\\share\\..\\..\\x', '\\\\server\\share\\x'],
  [windows, '//server/share/a', '\\\\server\\share\\a'],
  [windows, '\\\\?\\C:\\x', 'C:\\x'],
  [windows, '~you\\x', 'D:\\site\\~you\\x'],
  [windows, 'console', 'D:\\site\\console'],
  [windows, 'com10', 'D:\\site\\com10'],
  [windows, '\\\\?\\UNC\\server\\share\\x', '\\\\server\\share\\x'],
  [windows, '\\\\?\\UNC\\server\\\\share\\x', '\\\\server\\share\\x'],
  [windows, '\\\\\\\\server\\\\share', '\\\\server\\share\\'],
  [windows, '\\\\\\\\server\\\\share\\\\a', '\\\\server\\share\\a'],
  [windows, '\\\\server\\\\share\\a', '\\\\server\\share\\a'],
  [windows, '///server//share//a', '\\\\server\\share\\a'],
  [windows, 'C:\\\\x\\\\y', 'C:\\x\\y'],
] as const;

for (const [base, path, expected] of rows) {
  test(`${base.platform}: ${path} is ${expected}`, () => assert.is(absolutePath(path, base), expected));
}

const refused = [
  [linux, '', 'empty'],
  [linux, 'a\0b', 'NUL'],
  [linux, 42, 'number'],
  [linux, null, 'object'],
  [linux, undefined, 'undefined'],
  [linux, 'a\ud800', 'half a character'],
  [linux, '/a'.repeat(2048), '4095'],
  [linux, '/é'.repeat(1366), '4095'],
  [linux, 'a/'.repeat(2045), '4095'],
  [linux, 'é'.repeat(128), '255'],
  [macos, 'é'.repeat(256), '255'],
  [{ ...linux, homeDirectory: undefined }, '~/x', 'home directory'],
  [windows, 'C:x', 'followed by'],
  [windows, 'C:', 'followed by'],
  [windows, '\\\\.\\PhysicalDrive0', 'device'],
  [windows, '\\\\.\\pipe\\x', 'device'],
  [windows, '\\\\?\\GLOBALROOT\\Device\\x', 'device'],
  [windows, '\\\\?\\Volume{1}\\x', 'device'],
  [windows, '//?/pipe/x', 'device'],
  [windows, '\\??\\C:\\x', 'device'],
  [windows, '\\\\\\\\.\\\\pipe\\\\x', 'a server and a share'],
  [windows, '\\\\\\\\?\\\\C:\\\\x', 'forbids'],
  [windows, '\\\\server', 'a server and a share'],
  [windows, '//server/', 'a server and a share'],
  [windows, '\\\\..\\share\\x', 'a server and a share'],
  [windows, '\\\\server\\..\\x', 'a server and a share'],
  [windows, 'nul', 'device'],
  [windows, 'C:\\a\\CON', 'device'],
  [windows, 'C:\\a\\con.txt', 'device'],
  [windows, 'C:\\a\\COM1.tar.gz', 'device'],
  [windows, 'C:\\a\\COM\u00b9', 'device'],
  [windows, 'C:\\a\\aux .txt', 'device'],
  [windows, 'C:\\a\\conout$', 'device'],
  [windows, 'C:\\nul\\a.txt', 'device'],
  [windows, 'C:\\prn', 'device'],
  [windows, 'C:\\Lpt9', 'device'],
  [windows, 'C:\\conin$', 'device'],
  [windows, 'C:\\a.txt:hidden', 'stream'],
  [windows, 'C:\\a::$DATA', 'stream'],
  [windows, 'C:\\dir:x\\a', 'stream'],
  [windows, 'C:\\a.', 'dot or space'],
  [windows, 'C:\\a ', 'dot or space'],
  [windows, 'C:\\.ssh.\\id', 'dot or space'],
  [windows, 'C:\\...\\x', 'dot or space'],
  [windows, 'C:\\a?b', 'forbids'],
  [windows, 'C:\\a*', 'forbids'],
  [windows, 'C:\\a<b', 'forbids'],
  [windows, 'C:\\a>b', 'forbids'],
  [windows, 'C:\\a"b', 'forbids'],
  [windows, 'C:\\a|b', 'forbids'],
  [windows, 'C:\\a\u0007', 'forbids'],
] as const;

for (const [base, path, why] of refused) {
  test(`${base.platform}: refuses ${JSON.stringify(path)?.slice(0, 40)}`, () => {
    assert.throws(() => absolutePath(path, base), refusedWith('path.invalid', why));
  });
}

test('a message stays short and has no control characters in it', () => {
  const error = thrownBy(() => absolutePath(`\u001b[2J${'x'.repeat(5000)}`, linux));
  assert.instance(error, DomainError);
  assert.ok(error.message.length < 400 && !error.message.includes('\u001b'));
});

test('a path takes names as long as the systems take them', () => {
  assert.is(absolutePath('x'.repeat(255), linux), `/work/site/${'x'.repeat(255)}`);
  assert.is(absolutePath('é'.repeat(255), macos), `/Users/me/site/${'é'.repeat(255)}`);
  const longest = `/${'a/'.repeat(2046)}ab`;
  assert.is(absolutePath(longest, linux), longest);
});

test('a look-up finds the parent', () => {
  assert.is(parentPath('/a/b', 'linux'), '/a');
  assert.is(parentPath('/a', 'linux'), '/');
  assert.is(parentPath('/', 'linux'), '/');
  assert.is(parentPath('C:\\a', 'windows'), 'C:\\');
  assert.is(parentPath('\\\\s\\d\\a', 'windows'), '\\\\s\\d\\');
});

const names = fc.array(fc.constantFrom('a', 'b', '..', '.', '', '~', 'c d', 'é'), { maxLength: 12 });

test('a path is its own normal form, has nothing left to normalize, and never climbs over its root', async () => {
  for (const [base, separator] of [
    [linux, '/'],
    [macos, '/'],
    [windows, '\\'],
  ] as const) {
    await fc.assert(
      fc.property(names, fc.boolean(), (parts, isAbsolute) => {
        const root = base.platform === 'windows' ? 'C:\\' : '/';
        const path = (isAbsolute ? root : '') + parts.join(separator);
        if (path === '' || (base.platform === 'windows' && /^\\\\/.test(path))) return;
        const absolute = absolutePath(path, base);
        assert.is(absolutePath(absolute, base), absolute);
        assert.not(absolute.split(separator).some((name) => name === '..' || name === '.'));
        const start = absolute.slice(0, 3) === 'D:\\' ? 'D:\\' : root;
        assert.ok(isInside(absolute, start, base.platform));
      }),
    );
  }
});

test.run();
