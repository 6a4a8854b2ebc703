import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mediaTypeOf } from '../../../../src/domain/resource/media-type.ts';

const test = suite('media-type');

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const PNG = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');

for (const [path, expected] of [
  ['/a/b.txt', 'text/plain'],
  ['/a/README', 'text/plain'],
  ['/a/b.MD', 'text/markdown'],
  ['/a/b.json', 'application/json'],
  ['C:\\a.b\\c', 'text/plain'],
  ['/a.md/c', 'text/plain'],
  ['/a/main.ts', 'text/x-typescript'],
  ['/a/b.svg', 'image/svg+xml'],
  ['/a/picture.png', 'text/plain'],
  ['/a/.yaml', 'application/yaml'],
  ['/a/x.constructor', 'text/plain'],
  ['/a/x.', 'text/plain'],
] as const) {
  test(`${path} with text is ${expected}`, () => {
    assert.is(mediaTypeOf(path, true, bytes('hello')), expected);
  });
}

for (const [path, head, expected] of [
  ['/a/b.bin', bytes('\0\x01'), 'application/octet-stream'],
  ['/a/b', bytes('\xff'), 'application/octet-stream'],
  ['/a/film.ts', bytes('\x47\0'), 'application/octet-stream'],
  ['/a/b.txt', PNG, 'image/png'],
  ['/a/b', PNG, 'image/png'],
  ['/a/b.jpg', PNG, 'image/png'],
  ['/a/b.JPG', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['/a/b.webp', bytes('RIFF\x10\0\0\0WEBPVP8 '), 'image/webp'],
  ['/a/b', bytes('RIFF\n\0\0\0WAVEfmt '), 'audio/wav'],
  ['/a/b.gif', bytes('GIF89a\xff'), 'image/gif'],
  ['/a/b.pdf', bytes('%PDF-1.7\xff'), 'application/pdf'],
  [
    '/a/b.docx',
    bytes('PK\x03\x04\0'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['/a/b', bytes('PK\x03\x04\0'), 'application/zip'],
  ['/a/b.wasm', bytes('\0asm\x01'), 'application/wasm'],
  ['/a/b.constructor', bytes('\0'), 'application/octet-stream'],
  ['/a/b.mp3', new Uint8Array(), 'audio/mpeg'],
] as const) {
  test(`${path} that begins ${JSON.stringify(String.fromCharCode(...head.subarray(0, 8)))} is ${expected}`, () => {
    assert.is(mediaTypeOf(path, false, head), expected);
  });
}

test.run();
