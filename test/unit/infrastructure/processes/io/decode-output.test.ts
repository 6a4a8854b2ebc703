import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeOutput } from '../../../../../src/infrastructure/processes/io/decode-output.ts';

const test = suite('decode-output');

for (const [what, bytes, fallback, expected] of [
  ['UTF-8', 'c3a9', undefined, { texts: ['é'], invalidBytes: 0 }],
  ['UTF-8 in a locale of another encoding', 'c3a9', 'iso-8859-1', { texts: ['é'], invalidBytes: 0 }],
  ['nothing', '', 'gbk', { texts: [''], invalidBytes: 0 }],
  ['Latin-1', 'e9e8', 'iso-8859-1', { texts: ['éè'], encoding: 'windows-1252', invalidBytes: 0 }],
  ['GBK', 'c4e3bac3', 'gbk', { texts: ['你好'], encoding: 'gbk', invalidBytes: 0 }],
  ['EUC-JP', 'c6fccbdc', 'euc-jp', { texts: ['日本'], encoding: 'euc-jp', invalidBytes: 0 }],
  ['KOI8-R', 'd0d2c9', 'koi8-r', { texts: ['при'], encoding: 'koi8-r', invalidBytes: 0 }],
  ['Latin-1 in a UTF-8 locale', '61e962e8', undefined, { texts: ['a\ufffdb\ufffd'], invalidBytes: 2 }],
  ['a locale that nobody knows', 'e9', 'x-none', { texts: ['\ufffd'], invalidBytes: 1 }],
  ['a character cut short', 'e282', undefined, { texts: ['\ufffd'], invalidBytes: 2 }],
  ['a written U+FFFD', 'efbfbd', undefined, { texts: ['\ufffd'], invalidBytes: 0 }],
  ['a written U+FFFD and a bad byte', 'efbfbdff', undefined, { texts: ['\ufffd\ufffd'], invalidBytes: 1 }],
  ['NULs and controls', '00610d1b', undefined, { texts: ['\0a\r\u001b'], invalidBytes: 0 }],
] as const) {
  test(what, () => {
    assert.equal(decodeOutput([Buffer.from(bytes, 'hex')], fallback), expected);
  });
}

test('both parts are read in one encoding', () => {
  const parts = [Buffer.from('a'), Buffer.from('e9', 'hex')];
  assert.equal(decodeOutput(parts, 'iso-8859-1').texts, ['a', 'é']);
  assert.is(decodeOutput(parts, undefined).invalidBytes, 1);
});

test.run();
