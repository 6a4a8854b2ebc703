import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codePageEncoding } from '../../../../../src/domain/policy/commands/code-page.ts';

const test = suite('code-page');

// The console's code pages of Windows in all its languages, and those that people set.
for (const [page, encoding] of [
  [437, 'cp437'],
  [720, 'cp720'],
  [737, 'cp737'],
  [775, 'cp775'],
  [850, 'cp850'],
  [852, 'cp852'],
  [855, 'cp855'],
  [857, 'cp857'],
  [858, 'cp858'],
  [862, 'cp862'],
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1252, 'windows-1252'],
  [1258, 'windows-1258'],
  [20866, 'koi8-r'],
  [28591, 'iso-8859-1'],
  [28601, 'windows-874'],
  [28602, 'cp28602'],
  [28605, 'iso-8859-15'],
  [54936, 'gb18030'],
  [65001, undefined],
] as const) {
  test(`${page} is ${encoding ?? 'UTF-8'}`, () => {
    assert.is(codePageEncoding(page), encoding);
    if (encoding !== undefined && !encoding.startsWith('cp')) assert.ok(new TextDecoder(encoding));
  });
}

test.run();
