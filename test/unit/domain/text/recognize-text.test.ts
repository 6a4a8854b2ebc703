import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recognizeText, recognizingText, unmarkedUtf16 } from '../../../../src/domain/text/recognize-text.ts';

const test = suite('recognize-text');

const bytes = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => utf16(text).swap16();
const lines = 'The quick brown fox jumps over the lazy dog\n'.repeat(100);

const forms: readonly (readonly [string, Uint8Array, string, number?])[] = [
  ['nothing', bytes(''), 'utf-8'],
  ['UTF-8', Buffer.from('é€😀\n'), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from('\ufeffé'), 'utf-8', 3],
  ['a mark of UTF-8 alone', bytes('\xef\xbb\xbf'), 'utf-8', 3],
  ['UTF-8 that is cut inside its last character', Buffer.from('\0 €uro').subarray(0, 4), 'utf-8'],
  ['a mark of UTF-16LE', utf16('\ufeffhi'), 'utf-16le', 2],
  ['a mark of UTF-16BE', utf16be('\ufeffhi'), 'utf-16be', 2],
  ['a mark of UTF-32LE', bytes('\xff\xfe\0\0h\0\0\0'), 'utf-32le', 4],
  ['a mark of UTF-32BE', bytes('\0\0\xfe\xff\0\0\0h'), 'utf-32be', 4],
  ['a mark and binary data', bytes('\xff\xfe\0\x01\x02\x03'), 'utf-16le', 2],
  ['a NUL in UTF-8', bytes('hello\0world\n'), 'utf-8'],
  ['a NUL in very little UTF-8', bytes('a\0b'), 'utf-8'],
  ['names that end in NUL', bytes('src/main.ts\0src/lines.ts\0'), 'utf-8'],
  ['a log of FIX messages', bytes('8=FIX.4.2\x019=65\x0135=A\x01'), 'utf-8'],
  ['one wrong byte in a log', bytes(`${lines}caf\xe9\n${lines}`), 'utf-8'],
  ['a wrong byte and a NUL in a log', bytes(`${lines}caf\xe9\0\n${lines}`), 'utf-8'],
  ['German in Windows-1252', bytes('Gr\xfc\xdfe, 5 \x80 \x96 \x93ja\x94'), 'utf-8'],
  ['Russian in Windows-1251', bytes('\xcf\xf0\xe8\xe2\xe5\xf2'), 'utf-8'],
  ['Japanese in Shift_JIS', bytes('\x93\xfa\x96\x7b\x8c\xea\r\n'), 'utf-8'],
  ['colours of a terminal', bytes('\x1b[31mred\x1b[0m\x07\b'), 'utf-8'],
];

for (const [what, head, encoding, markBytes = 0] of forms)
  test(`${what} is text`, () => {
    assert.equal(recognizeText(head), { encoding, markBytes });
  });

const binaries: readonly (readonly [string, Uint8Array, ('utf-16le' | 'utf-16be')?])[] = [
  ['NULs', Buffer.alloc(100)],
  ['one NUL', Buffer.alloc(1)],
  ['UTF-16LE of one letter', utf16('h'), 'utf-16le'],
  ['a few small numbers', bytes('\0\x01\x02\xff')],
  ['a picture’s beginning', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['compressed data', deflateRawSync(randomBytes(8192)).subarray(0, 8192)],
  ['UTF-32 without a mark', bytes('h\0\0\0i\0\0\0\n\0\0\0')],
  ['UTF-16LE without a mark', utf16('hi\r\n'), 'utf-16le'],
  ['UTF-16BE without a mark', utf16be('hi\r\n'), 'utf-16be'],
  ['Russian in UTF-16LE without a mark', utf16('Привет, мир\r\n'), 'utf-16le'],
  ['Chinese in UTF-16LE without a mark', utf16(`${'日本語と中国語の文章。'.repeat(2)}\r\n`), 'utf-16le'],
  ['a registry’s export without its mark', utf16('Windows Registry Editor Version 5.00\r\n'), 'utf-16le'],
];

for (const [what, head, unmarked] of binaries)
  test(`${what} is binary`, () => {
    assert.is(recognizeText(head), undefined);
    assert.is(unmarkedUtf16(head), unmarked);
  });

test('the recognizer is a program by its own text, as a worker runs it', () => {
  const functions = [recognizeText, ...recognizingText].join('\n');
  const recognize = new Function(`'use strict';${functions}; return recognizeText;`)();
  for (const [what, head] of [...forms, ...binaries])
    assert.equal(recognize(head), recognizeText(head), what);
});

test.run();
