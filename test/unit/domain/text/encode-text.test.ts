import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeText } from '../../../../src/domain/text/encode-text.ts';
import { encodingOf } from '../../../../src/domain/text/encodings.ts';
import { decodeText } from '../../../../src/domain/text/text-decoding.ts';
import { thrownBy } from '../../../support/failure.ts';

const test = suite('encode-text');

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

for (const [label, text, expected] of [
  ['utf-8', 'é€😀', 'c3a9e282acf09f9880'],
  ['utf-16', 'é😀', 'e9003dd800de'],
  ['utf-16be', 'é😀', '00e9d83dde00'],
  ['utf-32', '😀', '00f60100'],
  ['utf-32be', '😀', '0001f600'],
  ['latin1', '5 € – “x” ÿ', '352080209620937894' + '20ff'],
  ['windows-1251', 'Привет\n', 'cff0e8e2e5f20a'],
  ['iso-8859-16', 'Ș€', 'aaa4'],
  ['x-user-defined', 'a\uf780', '6180'],
  ['shift_jis', '日本ｱ～\\纊', '93fa967bb181605cfa5c'],
  ['euc-jp', '日ｱ丂', 'c6fc8eb18fb0a1'],
  ['iso-2022-jp', '日a\n次', '1b2442467c1b284261' + '0a1b24423c211b2842'],
  ['gbk', '你€', 'c4e380'],
  ['gb18030', '你😀㐀', 'c4e39439fc368139ee39'],
  ['big5', '中文', 'a4a4a4e5'],
  ['euc-kr', '한', 'c7d1'],
] as const)
  test(`${label} has bytes for ${JSON.stringify(text)}`, () => {
    const encoding = encodingOf(label) ?? '';
    assert.is(hex(encodeText(text, encoding)), expected);
    assert.is(decodeText(encodeText(text, encoding), encoding), text);
  });

for (const [encoding, text, named] of [
  ['windows-1252', 'a日日😀', 'windows-1252 has no "日" (U+65E5), "😀" (U+1F600)'],
  ['windows-1252', '一二三四五六七', 'and 2 more'],
  ['iso-8859-2', '€', '(U+20AC)'],
  ['shift_jis', '😀', '(U+1F600)'],
  ['gbk', '😀', '(U+1F600)'],
  ['iso-2022-jp', 'ｱ\x1b', '(U+FF71), "\\u001b" (U+001B)'],
  ['ibm866', '\ufeffx', '(U+FEFF)'],
  ['utf-8', 'x\ud83d', 'lone surrogate'],
] as const)
  test(`${encoding} names what it lacks of ${JSON.stringify(text)}`, () => {
    const { message } = thrownBy(() => encodeText(text, encoding));
    assert.ok(message.includes(named), message);
  });

const encodings =
  'utf-8 utf-16le utf-16be utf-32le utf-32be windows-1252 windows-1250 windows-1258 iso-8859-7 iso-8859-16 koi8-u macintosh ibm866 windows-874 shift_jis euc-jp gbk gb18030 big5 euc-kr iso-2022-jp'.split(
    ' ',
  );

for (const encoding of encodings)
  test(`${encoding}: what can be written is read as it was`, async () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      let bytes: Uint8Array;
      try {
        bytes = encodeText(text, encoding);
      } catch {
        return; // it says what it lacks
      }
      assert.is(decodeText(bytes, encoding), text);
    });
    await fc.assert(property, { numRuns: 200 });
  });

for (const [label, encoding] of [
  ['LATIN1', 'windows-1252'],
  [' utf8 ', 'utf-8'],
  ['unicode', 'utf-16le'],
  ['cp1252', 'windows-1252'],
  ['ms_kanji', 'shift_jis'],
  ['Base64', 'base64'],
  ['utf-9', undefined],
  ['', undefined],
  ['iso-2022-kr', undefined],
] as const)
  test(`${JSON.stringify(label)} names ${encoding ?? 'no encoding'}`, () => {
    assert.is(encodingOf(label), encoding);
  });

test.run();
