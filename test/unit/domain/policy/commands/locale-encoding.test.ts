import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localeEncoding } from '../../../../../src/domain/policy/commands/locale-encoding.ts';

const test = suite('locale-encoding');

for (const [locale, encoding] of [
  ['de_DE.ISO-8859-1', 'iso-8859-1'],
  ['de_DE.iso88591', 'iso-8859-1'],
  ['de_DE.ISO8859-15@euro', 'iso-8859-15'],
  ['de_DE@euro', 'iso-8859-15'],
  ['th_TH.ISO-8859-11', 'windows-874'],
  ['th_TH.TIS-620', 'windows-874'],
  ['ru_RU.KOI8-R', 'koi8-r'],
  ['ru_RU.CP1251', 'windows-1251'],
  ['uk_UA.KOI8-U', 'koi8-u'],
  ['ja_JP.eucJP', 'euc-jp'],
  ['ja_JP.ujis', 'euc-jp'],
  ['ja_JP.SJIS', 'shift_jis'],
  ['ko_KR.EUC-KR', 'euc-kr'],
  ['zh_CN.GBK', 'gbk'],
  ['zh_CN.GB2312', 'gbk'],
  ['zh_CN.gb18030', 'gb18030'],
  ['zh_TW.Big5', 'big5'],
  ['zh_HK.BIG5-HKSCS', 'big5-hkscs'],
  ['de_DE.UTF-8', undefined],
  ['de_DE.utf8', undefined],
  ['de_DE', undefined],
  ['C', undefined],
  ['POSIX', undefined],
  ['C.UTF-8', undefined],
  ['', undefined],
  ['en_US.ANSI_X3.4-1968', undefined],
  ['x.constructor', undefined],
  ['x.__proto__', undefined],
  ['..@@', undefined],
] as const) {
  test(`${JSON.stringify(locale)} is ${encoding}`, () => {
    assert.is(localeEncoding({ LANG: locale }), encoding);
    if (encoding !== undefined) assert.type(new TextDecoder(encoding).decode(), 'string');
  });
}

test('LC_ALL goes before LC_CTYPE, that before LANG; what is empty is not set', () => {
  const LANG = 'de_DE.ISO-8859-1';
  const LC_CTYPE = 'ru_RU.KOI8-R';
  assert.is(localeEncoding({ LANG, LC_CTYPE, LC_ALL: 'C.UTF-8' }), undefined);
  assert.is(localeEncoding({ LANG, LC_CTYPE, LC_ALL: '' }), 'koi8-r');
  assert.is(localeEncoding({ LANG, LC_CTYPE: '' }), 'iso-8859-1');
  assert.is(localeEncoding({}), undefined);
});

test.run();
