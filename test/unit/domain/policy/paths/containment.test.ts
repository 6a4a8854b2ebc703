import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInside, pathKey } from '../../../../../src/domain/policy/paths/containment.ts';
import type { PathPlatform } from '../../../../../src/domain/policy/paths/path-platform.ts';

const test = suite('path-containment');

const rows: readonly (readonly [PathPlatform, string, string, 'exactly' | 'alike' | false])[] = [
  ['linux', '/a', '/a', 'exactly'],
  ['linux', '/a/b', '/a', 'exactly'],
  ['linux', '/ab', '/a', false],
  ['linux', '/a', '/a/b', false],
  ['linux', '/A/b', '/a', false],
  ['linux', '/a/b', '/', 'exactly'],
  ['linux', '/', '/', 'exactly'],
  ['linux', '/', '/a', false],
  ['linux', '/caf\u00e9/x', '/cafe\u0301', false],
  ['macos', '/Users/me/x', '/Users/me', 'exactly'],
  ['macos', '/USERS/Me/x', '/Users/me', 'alike'],
  ['macos', '/Users/meme', '/Users/me', false],
  ['macos', '/caf\u00e9/x', '/cafe\u0301', 'alike'],
  ['macos', '/CAF\u00c9/x', '/cafe\u0301', 'alike'],
  ['macos', '/a/b', '/', 'exactly'],
  ['windows', 'C:\\a\\b', 'C:\\a', 'exactly'],
  ['windows', 'c:\\A\\b', 'C:\\a', 'alike'],
  ['windows', 'C:\\ab', 'C:\\a', false],
  ['windows', 'D:\\a\\b', 'C:\\a', false],
  ['windows', 'C:\\a', 'C:\\', 'exactly'],
  ['windows', 'c:\\a', 'C:\\', 'alike'],
  ['windows', 'C:\\', 'C:\\', 'exactly'],
  ['windows', '\\\\s\\d\\a', '\\\\s\\d\\', 'exactly'],
  ['windows', '\\\\S\\D\\a', '\\\\s\\d\\', 'alike'],
  ['windows', '\\\\s\\d2\\a', '\\\\s\\d\\', false],
  ['windows', '\\\\s\\d\\a', 'C:\\', false],
];

for (const [platform, path, directory, expected] of rows) {
  test(`${platform}: ${path} in ${directory}: ${expected}`, () => {
    assert.is(isInside(path, directory, platform), expected);
  });
}

test('the comparison ignores what HFS+ ignores in names', () => {
  assert.is(pathKey('/Users/me/.s\u200csh', 'macos'), pathKey('/users/ME/.SSH', 'macos'));
  assert.is.not(pathKey('/home/me/.s\u200csh', 'linux'), '/home/me/.ssh');
});

test('the comparison takes the letters that have the same capital for the same', () => {
  assert.is(pathKey('C:\\\u212aey\\lon\u017f', 'windows'), pathKey('C:\\key\\LONS', 'windows'));
});

test('what lies below a directory is in it, and no sibling is', async () => {
  const name = fc.constantFrom('a', 'B', 'c.d', 'é');
  const path = fc.array(name, { minLength: 1, maxLength: 5 });
  for (const platform of ['linux', 'macos', 'windows'] as const) {
    const write = (names: readonly string[]) =>
      platform === 'windows' ? `C:\\${names.join('\\')}` : `/${names.join('/')}`;
    await fc.assert(
      fc.property(path, path, (above, below) => {
        assert.is(isInside(write([...above, ...below]), write(above), platform), 'exactly');
        assert.is(isInside(write(above), write([...above, ...below]), platform), false);
        assert.is(isInside(`${write(above)}x`, write(above), platform), false);
      }),
    );
  }
});

test.run();
