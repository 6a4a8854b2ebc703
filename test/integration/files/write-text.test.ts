import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../src/domain/shared/json.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

const test = suite<{ desk: ToolsDesk }>('write_file: text as files have it');

test.before.each((context) => {
  context.desk = new ToolsDesk();
});
test.after.each(({ desk }) => desk.clear());

const bytes = (text: string) => Buffer.from(text, 'latin1');
const file = (desk: ToolsDesk) => join(desk.inside, 'a');
const write = async (desk: ToolsDesk, args: object) => await desk.call('write', { path: 'a', ...args });

const BOM = '\xef\xbb\xbf';
const append = { mode: 'append' };

/** The file before, the write, the file then, and the result's words of that. */
const rows: readonly (readonly [string, string | undefined, object, string, JsonObject])[] = [
  ['plain UTF-8', 'old\n', { content: 'é\n' }, '\xc3\xa9\n', {}],
  ['a new file', undefined, { content: 'é' }, '\xc3\xa9', {}],
  ['a mark of UTF-8', `${BOM}old`, { content: 'new' }, `${BOM}new`, { encoding: 'utf-8', mark: true }],
  [
    'a mark that the content has itself',
    `${BOM}old`,
    { content: '\ufeffnew' },
    `${BOM}new`,
    { encoding: 'utf-8', mark: true },
  ],
  ['a mark, emptied', `${BOM}old`, { content: '' }, BOM, { encoding: 'utf-8', mark: true }],
  ['UTF-16LE', '\xff\xfeo\0', { content: 'n€' }, '\xff\xfen\0\xac\x20', { encoding: 'utf-16le', mark: true }],
  ['UTF-16BE', '\xfe\xff\0o', { content: 'n' }, '\xfe\xff\0n', { encoding: 'utf-16be', mark: true }],
  [
    'UTF-32LE',
    '\xff\xfe\0\0o\0\0\0',
    { content: 'n' },
    '\xff\xfe\0\0n\0\0\0',
    { encoding: 'utf-32le', mark: true },
  ],
  [
    'UTF-32BE',
    '\0\0\xfe\xff\0\0\0o',
    { content: 'n' },
    '\0\0\xfe\xff\0\0\0n',
    { encoding: 'utf-32be', mark: true },
  ],
  [
    'a mark, its encoding named',
    '\xfe\xff\0o',
    { content: 'n', encoding: 'utf-16' },
    '\xfe\xff\0n',
    { encoding: 'utf-16be', mark: true },
  ],
  [
    'UTF-16, to UTF-8',
    '\xff\xfeo\0',
    { content: 'n', encoding: 'utf-8' },
    'n',
    { encoding: 'utf-8', mark: false },
  ],
  [
    'UTF-8 with a mark, to UTF-16',
    `${BOM}o`,
    { content: 'n', encoding: 'utf-16le' },
    '\xff\xfen\0',
    { encoding: 'utf-16le', mark: true },
  ],
  [
    'a mark, to windows-1252',
    `${BOM}o`,
    { content: '€', encoding: 'latin1' },
    '\x80',
    { encoding: 'windows-1252', mark: false },
  ],
  ['a mark, to bytes', `${BOM}o`, { content: 'AAE=', encoding: 'base64' }, '\0\x01', {}],
  [
    'windows-1252',
    'caf\xe9',
    { content: 'café € –', encoding: 'cp1252' },
    'caf\xe9 \x80 \x96',
    { encoding: 'windows-1252' },
  ],
  [
    'shift_jis',
    '\x93\xfa',
    { content: '日本', encoding: 'sjis' },
    '\x93\xfa\x96\x7b',
    { encoding: 'shift_jis' },
  ],
  [
    'a mark, at its end',
    `${BOM}a`,
    { content: 'é', ...append },
    `${BOM}a\xc3\xa9`,
    { encoding: 'utf-8', mark: true },
  ],
  [
    'UTF-16BE, at its end',
    '\xfe\xff\0a',
    { content: 'é', ...append },
    '\xfe\xff\0a\0\xe9',
    { encoding: 'utf-16be', mark: true },
  ],
  [
    'UTF-16LE, at its end, named',
    '\xff\xfea\0',
    { content: 'b', encoding: 'utf-16le', ...append },
    '\xff\xfea\0b\0',
    { encoding: 'utf-16le', mark: true },
  ],
  [
    'UTF-16LE without a mark, at its end, named',
    'a\0\n\0',
    { content: 'b', encoding: 'utf-16le', ...append },
    'a\0\n\0b\0',
    { encoding: 'utf-16le' },
  ],
  ['CRLF, to LF', 'a\r\nb\r\n', { content: 'a\nb\n' }, 'a\nb\n', { line_ends: 'CRLF to LF' }],
  ['LF, to CRLF', 'a\n', { content: 'a\r\n' }, 'a\r\n', { line_ends: 'LF to CRLF' }],
  ['CRLF, kept', 'a\r\n', { content: 'b\r\n' }, 'b\r\n', {}],
  [
    'CRLF, mixed at its end',
    'a\r\n',
    { content: 'b\n', ...append },
    'a\r\nb\n',
    { line_ends: 'CRLF to mixed' },
  ],
  ['mixed line ends, to LF', 'a\r\nb\n', { content: 'a\nb\n' }, 'a\nb\n', { line_ends: 'mixed to LF' }],
  ['CRLF, to one line', 'a\r\n', { content: 'a' }, 'a', {}],
  [
    'CRLF in UTF-16',
    '\xff\xfea\0\r\0\n\0',
    { content: 'a\n' },
    '\xff\xfea\0\n\0',
    { encoding: 'utf-16le', mark: true, line_ends: 'CRLF to LF' },
  ],
  ['U+FFFD in the file itself', 'a\xef\xbf\xbd', { content: 'b\ufffd' }, 'b\xef\xbf\xbd', {}],
  ['U+FFFD into a new file', undefined, { content: '\ufffd' }, '\xef\xbf\xbd', {}],
  [
    'bytes that are no UTF-8, by text without U+FFFD',
    'caf\xe9',
    { content: 'café' },
    'caf\xc3\xa9',
    {
      encoding: 'utf-8',
      note: 'The file had bytes that are not utf-8, and is utf-8 now; to keep its encoding, name it in "encoding", such as windows-1252',
    },
  ],
  [
    'UTF-16LE without a mark, by UTF-8',
    'a\0b\0c\0\n\0',
    { content: 'b\n' },
    'b\n',
    {
      encoding: 'utf-8',
      note: 'The file had utf-16le, and is utf-8 now; to keep its encoding, name it in "encoding", such as utf-16le',
    },
  ],
  [
    'UTF-8 with a mark, by text that begins with one at its end',
    '\xef\xbb\xbfa',
    { content: '\ufeffb', ...append },
    '\xef\xbb\xbfab',
    { encoding: 'utf-8', mark: true },
  ],
  ['UTF-8, by text that begins with a mark at its end', 'a', { content: '\ufeffb', ...append }, 'ab', {}],
  ['nothing, by text that begins with a mark', '', { content: '\ufeffb', ...append }, '\xef\xbb\xbfb', {}],
  [
    'bytes that are no UTF-8, in spite of U+FFFD',
    'caf\xe9',
    { content: 'caf\ufffd', encoding: 'utf-8' },
    'caf\xef\xbf\xbd',
    { encoding: 'utf-8' },
  ],
];

for (const [what, before, args, after, told] of rows)
  test(`the tool writes ${what}`, async ({ desk }) => {
    if (before !== undefined) writeFileSync(file(desk), bytes(before));
    const dry = (await write(desk, { ...args, dry_run: true })).structuredContent as JsonObject;
    const kept =
      before === undefined ? !existsSync(file(desk)) : readFileSync(file(desk)).equals(bytes(before));
    assert.ok(kept);
    const {
      path,
      created,
      atomic,
      bytes_written: written,
      ...said
    } = (await write(desk, args)).structuredContent as JsonObject;
    assert.is(readFileSync(file(desk)).toString('latin1'), after);
    assert.equal(said, told);
    const { diff, ...foreseen } = dry;
    assert.equal(foreseen, { path, bytes_written: 0, created, atomic, ...told });
    assert.type(diff, 'string');
  });

const refused: readonly (readonly [string, string, object, RegExp])[] = [
  [
    'UTF-8 at the end of UTF-16',
    '\xff\xfea\0',
    { content: 'b', encoding: 'utf-8', ...append },
    /utf-16le by its mark.*would mix/,
  ],
  [
    'UTF-16LE at the end of UTF-16BE',
    '\xfe\xff\0a',
    { content: 'b', encoding: 'utf-16le', ...append },
    /utf-16be by its mark/,
  ],
  [
    'windows-1252 at the end of marked UTF-8',
    `${BOM}a`,
    { content: 'b', encoding: 'latin1', ...append },
    /utf-8 by its mark/,
  ],
  [
    'UTF-8 at the end of UTF-16 without a mark',
    'a\0\n\0',
    { content: 'b', ...append },
    /looks like utf-16le/,
  ],
  [
    'text behind half a UTF-16 unit',
    '\xff\xfea\0b',
    { content: 'c', ...append },
    /middle of a character.*5 bytes/,
  ],
  [
    'text behind a part of a UTF-32 unit, by its name',
    '\xff\xfe\0\0a\0',
    { content: 'c', encoding: 'utf-32le', ...append },
    /middle of a character/,
  ],
  [
    'UTF-8 at the end of windows-1252',
    'caf\xe9\n',
    { content: 'é\n', ...append },
    /not utf-8.*would mix two encodings; say which "encoding"/,
  ],
  [
    'UTF-8 at the end of shift_jis',
    '\x93\xfa\x96\x7b\n',
    { content: '日\n', ...append },
    /would mix two encodings/,
  ],
  [
    'U+FFFD over bytes that are no UTF-8',
    'caf\xe9',
    { content: 'caf\ufffd' },
    /not utf-8.*would lose them.*"encoding"/,
  ],
  [
    'U+FFFD over bytes that are no UTF-8 far into the file',
    `${'x'.repeat(300_000)}\xe9`,
    { content: '\ufffd' },
    /not utf-8/,
  ],
  ['U+FFFD over half a character at the end', 'a\xe2\x82', { content: 'a\ufffd' }, /not utf-8/],
  ['U+FFFD over UTF-16 with an odd byte', '\xff\xfea\0b', { content: 'a\ufffd' }, /not utf-16le/],
  ['what the encoding lacks', 'x', { content: '日', encoding: 'windows-1252' }, /has no "日" \(U\+65E5\)/],
  ['a label that there is not', 'x', { content: 'x', encoding: 'utf-9' }, /"utf-8"/],
];

for (const [what, before, args, message] of refused)
  test(`the tool refuses ${what}, and touches nothing`, async ({ desk }) => {
    writeFileSync(file(desk), bytes(before));
    for (const dry_run of [true, false]) {
      const result = await write(desk, { ...args, dry_run });
      assert.ok(result.isError);
      assert.match(textsOf(result)[0] as string, message);
    }
    assert.is(readFileSync(file(desk)).toString('latin1'), before);
  });

test('what was read and is written back is what was there', async ({ desk }) => {
  for (const content of [
    `${BOM}a\r\nb`,
    '\xff\xfea\0\r\0\n\0',
    '\xfe\xff\0a',
    '\xff\xfe\0\0a\0\0\0',
    'a\0b',
    '\xc3\xa9',
  ]) {
    writeFileSync(file(desk), bytes(content));
    const [text] = textsOf(await desk.call('read', { path: 'a' }));
    await write(desk, { content: text });
    assert.is(readFileSync(file(desk)).toString('latin1'), content);
  }
});

test('a dry run compares texts, not their bytes', async ({ desk }) => {
  writeFileSync(file(desk), bytes('\xff\xfea\0\n\0'));
  const { diff } = (await write(desk, { content: 'b\n', dry_run: true })).structuredContent as JsonObject;
  assert.is(diff, '--- a\n+++ a\n@@ -1,1 +1,1 @@\n-a\n+b\n');
});

test.run();
