import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  visibleLines,
  visibleQuoted,
  visibleText,
} from '../../../../../src/domain/policy/approvals/visible-text.ts';

const test = suite('visible-text');

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

/** A range of characters by their numbers, or one. */
const unseen: readonly (readonly [string, number, number?])[] = [
  ['C0 controls and the tab', 0x00, 0x09],
  ['C0 controls after the line end', 0x0b, 0x1f],
  ['delete and C1 controls', 0x7f, 0x9f],
  ['the no-break space', 0xa0],
  ['the soft hyphen', 0xad],
  ['the combining grapheme joiner', 0x34f],
  ['the Arabic letter mark', 0x61c],
  ['Hangul fillers', 0x115f, 0x1160],
  ['the Ogham space', 0x1680],
  ['Khmer inherent vowels', 0x17b4, 0x17b5],
  ['Mongolian selectors', 0x180b, 0x180f],
  ['wide and narrow spaces, zero widths, direction marks', 0x2000, 0x200f],
  ['line and paragraph separators, bidirectional controls, the narrow no-break space', 0x2028, 0x202f],
  ['the mathematical space, the word joiner, invisible operators, isolates', 0x205f, 0x206f],
  ['the blank Braille pattern', 0x2800],
  ['the ideographic space', 0x3000],
  ['the Hangul filler', 0x3164],
  ['private use', 0xe000],
  ['lone surrogates', 0xd800, 0xdfff],
  ['variation selectors', 0xfe00, 0xfe0f],
  ['the mark of the byte order', 0xfeff],
  ['the half-width Hangul filler', 0xffa0],
  ['annotations, the object replacement', 0xfff9, 0xfffc],
  ['noncharacters', 0xfffe, 0xffff],
  ['blank hieroglyphs', 0x13441, 0x13442],
  ['the Khitan filler', 0x16fe4],
  ['shorthand controls', 0x1bca0, 0x1bca3],
  ['the null notehead', 0x1d159],
  ['musical controls', 0x1d173, 0x1d17a],
  ['tags', 0xe0000, 0xe007f],
  ['variation selectors, further ones', 0xe0100, 0xe01ef],
];

for (const [what, first, last = first] of unseen) {
  test(`${what}: by number`, () => {
    for (let code = first; code <= last; code++) {
      const character = String.fromCodePoint(code);
      assert.is(visibleText(`a${character}b`), `a[U+${hex(code)}]b`);
      assert.is(visibleText(`1 ${character} 2`), `1 [U+${hex(code)}] 2`);
    }
  });
}

test('what a regular expression calls ignorable, format or a separator is never shown as it is', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (character === ' ' || character === '\n') continue;
    if (!/[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(character)) continue;
    if (visibleText(character) !== `[U+${hex(code)}]`) assert.unreachable(hex(code));
  }
});

for (const [what, text, shown] of [
  ['plain text', 'rm -r "a b" && echo \\n', 'rm -r "a b" && echo \\n'],
  ['lines stay', 'a\nb', 'a\nb'],
  ['a number in the text', 'a[U+3164]b', 'a[U+005B]U+3164]b'],
  ['a number in small letters', '[u+200b', '[U+005B]u+200b'],
  ['brackets otherwise', '[ -f a ] && arr[U]=1', '[ -f a ] && arr[U]=1'],
  ['a run of blanks that could fill a line', `a${' '.repeat(60)}b`, 'a[U+0020 x 60]b'],
  ['an indent', `${' '.repeat(24)}a`, `${' '.repeat(24)}a`],
  ['a mark without a letter', '/\u0338 \u0301', '/[U+0338] [U+0301]'],
  ['a mark around a letter', 'a\u20dd', 'a[U+20DD]'],
  ['a flood of marks', `a${'\u0301'.repeat(5)}`, 'a\u0301\u0301\u0301[U+0301][U+0301]'],
  ['letters with their marks apart', 'cafe\u0301', 'cafe\u0301'],
  ['an emoji with its selector', 'ok ❤\ufe0f 😀', 'ok ❤[U+FE0F] 😀'],
  ['a Cyrillic letter in a Latin word', 'bu\u0456ld.sh', 'bu[U+0456]ld.sh'],
  ['a Greek letter in a Latin word', '\u03bbx', '[U+03BB]x'],
  [
    'a Cyrillic word that looks Latin',
    '\u0430\u0440\u0440\u04cf\u0435',
    '[U+0430][U+0440][U+0440][U+04CF][U+0435]',
  ],
  ['a Cherokee word', '\u13df\u13a2', '[U+13DF][U+13A2]'],
  ['full-width letters', '\uff52\uff4d -rf', '[U+FF52][U+FF4D] -rf'],
  ['mathematical letters', '\u{1d42b}\u{1d426}', '[U+1D42B][U+1D426]'],
  ['another slash', 'github.com\u2044evil', 'github.com[U+2044]evil'],
  ['a full-width slash', 'github.com\uff0fevil', 'github.com[U+FF0F]evil'],
  ['another hyphen', 'rm \u2010rf', 'rm [U+2010]rf'],
  ['curly quotes', '\u201ca\u201d', '[U+201C]a[U+201D]'],
  ['a mark that looks like a semicolon', 'ls\u037e', 'ls[U+037E]'],
  ['words in other alphabets', '/home/иван/Документы ελληνικά', '/home/иван/Документы ελληνικά'],
  ['Chinese with its punctuation', '修复：问题。', '修复：问题。'],
  ['Japanese with Latin letters', 'ユーザーID', 'ユーザーID'],
  ['Hindi, Thai, Korean, Vietnamese', 'हिन्दी ภาษาไทย 한국어 Tiếng Việt', 'हिन्दी ภาษาไทย 한국어 Tiếng Việt'],
  ['accents, dashes between words, signs', 'größe naïve — 5 € ±1° …', 'größe naïve — 5 € ±1° …'],
  ['one word from right to left', 'echo שלום', 'echo שלום'],
  ['two, which would change places', 'cp א ב', 'cp [U+05D0] [U+05D1]'],
  ['one and a number, which would change places', 'rm "א" 12', 'rm "[U+05D0]" 12'],
] as const) {
  test(what, () => {
    assert.is(visibleText(text), shown);
  });
}

test('blanks at the end of a line have numbers', () => {
  assert.equal(visibleLines('a \\ \n b\n  '), ['a \\[U+0020]', ' b', '[U+0020 x 2]']);
});

for (const [text, shown] of [
  ['a b', '"a b"'],
  ['', '""'],
  ['x" "y', '"x\\" \\"y"'],
  ['a\\', '"a\\\\"'],
  ['a\nb', '"a\\nb"'],
  ['a\\nb', '"a\\\\nb"'],
  ['a\u200bb', '"a[U+200B]b"'],
] as const) {
  test(`${JSON.stringify(text)} in quotes`, () => {
    assert.is(visibleQuoted(text), shown);
  });
}

const texts = fc.string({ unit: 'binary', maxLength: 50 });

test('different texts are shown differently, in and without quotes', async () => {
  await fc.assert(
    fc.property(texts, texts, (one, other) => {
      fc.pre(one !== other);
      assert.is.not(visibleText(one), visibleText(other));
      assert.is.not(visibleQuoted(one), visibleQuoted(other));
    }),
  );
});

test('the text is what the shown one says, number by number', async () => {
  const read = (shown: string) =>
    shown.replace(/\[U\+([0-9A-F]+)(?: x (\d+))?\]/g, (_all, code: string, times = '1') =>
      String.fromCodePoint(Number.parseInt(code, 16)).repeat(Number(times)),
    );
  await fc.assert(fc.property(texts, (text) => assert.is(read(visibleText(text)), text)));
});

test.run();
