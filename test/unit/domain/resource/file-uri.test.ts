import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fileUriOf, isFileUri, pathOfFileUri } from '../../../../src/domain/resource/file-uri.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';

const test = suite('file-uri');

for (const [uri, path] of [
  ['file:///home/me/a.txt', '/home/me/a.txt'],
  ['FILE:///home/me', '/home/me'],
  ['file:/home/me', '/home/me'],
  ['file://localhost/home/me', '/home/me'],
  ['file://LocalHost/home/me', '/home/me'],
  ['file:////home/me', '/home/me'],
  ['file:///%2Fhome%2Fme%2Fa.txt', '/home/me/a.txt'],
  ['file:///home%2Fme%2Fa.txt', '/home/me/a.txt'],
  ['file:///a%20b/%E2%82%AC%3F%23.txt', '/a b/€?#.txt'],
  ['file:///a b/€.txt', '/a b/€.txt'],
  ['file:///a+b', '/a+b'],
  ['file:///100%25', '/100%'],
  ['file:///a/../b/./c//d/', '/a/../b/./c//d/'],
  ['file:///~/a', '/~/a'],
  ['file:///c%3A/x', '/c:/x'],
  ['file:///a\\b', '/a\\b'],
  ['file:///a%00b', '/a\0b'],
] as const) {
  test(`POSIX: ${JSON.stringify(uri)} is ${JSON.stringify(path)}`, () => {
    assert.is(pathOfFileUri(uri, 'linux'), path);
    assert.is(pathOfFileUri(uri, 'macos'), path);
  });
}

for (const [uri, path] of [
  ['file:///C:/Users/me', 'C:\\Users\\me'],
  ['file:///c:/Users/me', 'c:\\Users\\me'],
  ['file:///c%3A/Users/me', 'c:\\Users\\me'],
  ['file:///C%3A%5CUsers%5Cme', 'C:\\Users\\me'],
  ['file:///%2FC:/Users', 'C:\\Users'],
  ['file:///C|/Users', 'C:\\Users'],
  ['file:/C:/Users', 'C:\\Users'],
  ['file://localhost/C:/Users', 'C:\\Users'],
  ['file:///C:', 'C:\\'],
  ['file:///C:/', 'C:\\'],
  ['file:///C:Users', 'C:\\Users'],
  ['file:///C:/a%20b', 'C:\\a b'],
  ['file://server/share/a.txt', '\\\\server\\share\\a.txt'],
  ['file://server/share/c%3A/a', '\\\\server\\share\\c:\\a'],
  ['file:////server/share/a.txt', '\\\\server\\share\\a.txt'],
  ['file://///server/share/a.txt', '\\\\server\\share\\a.txt'],
  ['file:///%5C%5Cserver%5Cshare', '\\\\server\\share'],
  ['file:///Users/me', '\\Users\\me'],
] as const) {
  test(`Windows: ${uri} is ${path}`, () => {
    assert.is(pathOfFileUri(uri, 'windows'), path);
  });
}

for (const [uri, expected] of [
  ['file:///a?b', 'no query and no fragment; write "?" as %3F and "#" as %23'],
  ['file:///a#b', 'no query and no fragment'],
  ['file:///a?', 'no query and no fragment'],
  ['file:///100%', 'percent-encoded UTF-8; write a literal "%" as %25'],
  ['file:///%zz', 'percent-encoded UTF-8'],
  ['file:///%ff', 'percent-encoded UTF-8'],
  ['file://%ff/a', 'percent-encoded UTF-8'],
  ['file:///', 'a path behind file:///'],
  ['file://', 'a path behind file:///'],
  ['file:', 'a path behind file:///'],
  ['file:///%2F', 'a path behind file:///'],
  ['file://etc/hosts', 'three slashes'],
  ['file://server/share/a', 'three slashes'],
] as const) {
  test(`POSIX: ${uri} is refused: ${expected}`, () => {
    assert.throws(
      () => pathOfFileUri(uri, 'linux'),
      (error: unknown) =>
        error instanceof DomainError &&
        error.code === 'resource.uri-invalid' &&
        error.message.includes(expected) &&
        error.data['uri'] === uri,
    );
  });
}

test('the check tells file URIs by their scheme alone', () => {
  for (const uri of ['file:///a', 'FILE:a', 'file:']) assert.ok(isFileUri(uri));
  for (const uri of ['', 'files:///a', 'xfile:///a', '/etc/hosts', 'http://file:1'])
    assert.not(isFileUri(uri));
});

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.isWellFormed() && !/[/\\]/.test(text));

test('an encoded path comes back, segment by segment or whole', async () => {
  await fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const path = `/${names.join('/')}`;
      assert.is(pathOfFileUri(`file:///${names.map(encodeURIComponent).join('/')}`, 'linux'), path);
      assert.is(pathOfFileUri(`file:///${encodeURIComponent(path)}`, 'linux'), path);
      const drive = `C:\\${names.join('\\')}`;
      assert.is(pathOfFileUri(`file:///C:/${names.map(encodeURIComponent).join('/')}`, 'windows'), drive);
      assert.is(pathOfFileUri(`file:///${encodeURIComponent(drive)}`, 'windows'), drive);
    }),
  );
});

test('whatever comes is an absolute path or refused', async () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'/\\%2f5C:|.?#cé\0\n') });
  await fc.assert(
    fc.property(hostile, fc.constantFrom('linux', 'windows'), (rest, platform) => {
      try {
        const path = pathOfFileUri(`file:${rest}`, platform);
        assert.match(path, platform === 'windows' ? /^([A-Za-z]:\\|\\)/ : /^\/[^/]/);
      } catch (error) {
        assert.ok(error instanceof DomainError && error.code === 'resource.uri-invalid', String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

for (const [platform, path, uri] of [
  ['linux', '/a b/€?#%.txt', 'file:///a%20b/%E2%82%AC%3F%23%25.txt'],
  ['windows', 'C:\\a b\\c.txt', 'file:///C:/a%20b/c.txt'],
  ['windows', '\\\\server\\share\\c.txt', 'file://server/share/c.txt'],
] as const) {
  test(`${path} is named by ${uri}, and the other way round`, () => {
    assert.is(fileUriOf(path), uri);
    assert.is(pathOfFileUri(uri, platform), path);
  });
}

test.run();
