import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeText } from '../../../src/domain/text/encode-text.ts';
import { pngOf } from '../../support/pictures.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

const test = suite<{ desk: ToolsDesk }>('read_file: text as files have it');

test.before.each((context) => {
  context.desk = new ToolsDesk();
});
test.after.each(({ desk }) => desk.clear());

const bytes = (text: string) => Buffer.from(text, 'latin1');
const put = (desk: ToolsDesk, content: string | Uint8Array) => writeFileSync(join(desk.inside, 'a'), content);
const read = async (desk: ToolsDesk, args: object = {}) => await desk.call('read', { path: 'a', ...args });

const rows: readonly (readonly [string, Uint8Array, string, string?])[] = [
  ['a mark of UTF-8', bytes('\xef\xbb\xbfx\n'), 'x\n'],
  ['a mark of UTF-16LE', bytes('\xff\xfeh\0\n\0'), 'h\n'],
  ['a mark of UTF-16BE', bytes('\xfe\xff\0h\x20\xac'), 'h€'],
  ['a mark of UTF-32LE', bytes('\xff\xfe\0\0\0\xf6\x01\0'), '😀'],
  ['a mark of UTF-32BE', bytes('\0\0\xfe\xff\0\x01\xf6\0'), '😀'],
  ['a mark of UTF-16BE, called utf-16', bytes('\xfe\xff\0h'), 'h', 'utf-16'],
  ['a mark of UTF-8, called windows-1252', bytes('\xef\xbb\xbfx'), 'ï»¿x', 'windows-1252'],
  ['a NUL in UTF-8', bytes('hello\0world'), 'hello\0world'],
  ['binary data that is said to be text', bytes('\0\x01\x02'), '\0\x01\x02', 'utf-8'],
  ['windows-1252', bytes('5 \x80 \x96 \x93x\x94 \xff'), '5 € – “x” ÿ', 'windows-1252'],
  ['latin1, which is windows-1252', bytes('\xff\x80'), 'ÿ€', 'latin1'],
  ['a label in capitals', bytes('\x80'), '€', ' CP1252 '],
  ['a mark of UTF-16BE, called utf16', bytes('\xfe\xff\0h'), 'h', 'utf16'],
  ['shift_jis by its code page', bytes('\x93\xfa\x87\x40\n'), '日①\n', 'cp932'],
  ['gbk by its code page', bytes('\xc4\xe3'), '你', 'CP936'],
  ['euc-kr by its code page', bytes('\xc7\xd1'), '한', 'cp949'],
  ['big5 by its code page', bytes('\xa4\xa4'), '中', 'cp950'],
  ['utf-8 by its code page', bytes('\xc3\xa9'), 'é', 'cp65001'],
  ['shift_jis', bytes('\x93\xfa\x96\x7b\n'), '日本\n', 'shift_jis'],
  ['gbk', bytes('\xc4\xe3\xba\xc3'), '你好', 'gb2312'],
  ['big5', bytes('\xa4\xa4\xa4\xe5'), '中文', 'big5'],
  ['euc-kr', bytes('\xc7\xd1'), '한', 'ks_c_5601-1987'],
  ['iso-2022-jp', bytes('\x1b$BF|\x1b(B'), '日', 'iso-2022-jp'],
  ['koi8-r', bytes('\xd0'), 'п', 'koi8-r'],
  ['iso-8859-16', bytes('\xaa\xa4'), 'Ș€', 'iso-8859-16'],
  ['UTF-16LE without a mark', bytes('h\0\n\0'), 'h\n', 'utf-16le'],
  ['UTF-16 of CRLF', bytes('\xff\xfea\0\r\0\n\0'), 'a\r\n'],
  ['U+FFFD in the file itself', Buffer.from('a\ufffdb'), 'a\ufffdb'],
];

for (const [what, content, text, encoding] of rows)
  test(`the tool reads ${what}`, async ({ desk }) => {
    put(desk, content);
    assert.equal(textsOf(await read(desk, { encoding })), [text]);
  });

const marked = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

const malformed: readonly (readonly [string, Uint8Array, object, string, RegExp])[] = [
  [
    'one byte in a log',
    bytes('one\ncaf\xe9\n'),
    {},
    'one\ncaf\ufffd\n',
    /^\[One place is not utf-8 .*: line 1 \(byte 7\)\. Writing this text back would change them/,
  ],
  [
    'many',
    bytes('\xe9\n'.repeat(5)),
    {},
    '\ufffd\n'.repeat(5),
    /5 places are.*line 0 \(byte 0\), line 1 \(byte 2\), line 2 \(byte 4\), …/,
  ],
  ['one beside a U+FFFD', bytes('\xef\xbf\xbd\xff'), {}, '\ufffd\ufffd', /One place.*byte 3/],
  ['half of a character at the end', bytes('a\xe2\x82'), {}, 'a\ufffd', /One place/],
  [
    'one far into a file',
    bytes(`${'x'.repeat(900)}\n${'é'.repeat(9)}`),
    { offset: 1 },
    '\ufffd'.repeat(9),
    /9 places.*line 1 \(byte 901\)/,
  ],
  ['one in the last lines', bytes('x\n\xff'), { tail: 1 }, '\ufffd', /: byte 2\./],
  ['an odd byte in UTF-16', Buffer.concat([marked('h'), bytes('x')]), {}, 'h\ufffd', /not utf-16le/],
  ['half of a pair in UTF-16', marked('\ud83dx'), {}, '\ufffdx', /One place/],
  ['what windows-1253 lacks', bytes('\xd2'), { encoding: 'windows-1253' }, '\ufffd', /not windows-1253/],
];

for (const [what, content, args, text, note] of malformed)
  test(`the tool counts and places ${what}, before the text`, async ({ desk }) => {
    put(desk, content);
    const [first = '', second] = textsOf(await read(desk, args));
    assert.match(first, note);
    assert.is(second, text);
  });

test('the tool places what is wrong anywhere in a long text', async () => {
  const desk = new ToolsDesk({ answerBytes: 100_000, maxReadBytes: 100_000 });
  try {
    for (const at of [1022, 1023, 1024, 2047, 5000, 9999]) {
      const content = Buffer.from('€'.repeat(10_000)).subarray(0, 30_000);
      content[at * 3 + 1] = 0x41;
      put(desk, content);
      const [note = ''] = textsOf(await read(desk));
      assert.match(note, `(byte ${at * 3}`, `${at}`);
    }
  } finally {
    desk.clear();
  }
});

test('the tool tells an empty file, and one with nothing but a mark', async ({ desk }) => {
  for (const args of [{}, { tail: 1 }, { limit: 1 }, { encoding: 'base64' }, { byte_offset: 0 }]) {
    put(desk, '');
    assert.match(textsOf(await read(desk, args)).join('|'), /^\[".*" is empty: 0 bytes\]$/);
  }
  for (const mark of ['\xef\xbb\xbf', '\xff\xfe']) {
    put(desk, bytes(mark));
    assert.match(textsOf(await read(desk)).join('|'), 'a byte order mark and no text');
  }
});

test('the tool says how to read what looks like UTF-16 without a mark', async ({ desk }) => {
  put(desk, Buffer.from('hello\r\n', 'utf16le'));
  const { content } = await read(desk);
  assert.is(content.length, 2);
  assert.match(
    textsOf({ content: content.slice(0, 1), isError: false })[0] as string,
    '"encoding": "utf-16le"',
  );
  assert.match(textsOf(await read(desk, { limit: 1 }))[0] as string, '"utf-16le"');
});

test('the tool names the nearest label for one that there is not', async ({ desk }) => {
  put(desk, 'x');
  const result = await read(desk, { encoding: 'utf-9' });
  assert.ok(result.isError);
  assert.match(
    textsOf(result)[0] as string,
    /label of the Encoding standard.*got "utf-9"; did you mean "utf-8"/,
  );
});

for (const encoding of ['utf-8', 'utf-16be', 'utf-32le', 'gb18030', 'windows-1251'])
  test(`all of a line that is too long can be read in ${encoding}`, async ({ desk }) => {
    const line = 'aЯ"б\t'.repeat(1500);
    put(desk, encodeText(line, encoding));
    let all = '';
    for (let from: number | undefined = 0; from !== undefined; ) {
      const texts = textsOf(await read(desk, { encoding, byte_offset: from }));
      all += texts.at(-1);
      from = texts.length > 1 ? Number(/"byte_offset": (\d+)/.exec(texts[0] ?? '')?.[1]) : undefined;
    }
    assert.ok(all === line);
  });

test('the tool reads on from a byte, by lines', async ({ desk }) => {
  put(desk, 'zero\none\ntwo\n');
  assert.equal(textsOf(await read(desk, { byte_offset: 5, limit: 1 })), ['one\n']);
  assert.equal(textsOf(await read(desk, { byte_offset: 5 })), ['one\ntwo\n']);
  assert.match(textsOf(await read(desk, { byte_offset: 99 }))[0] as string, 'below 13');
  for (const args of [{ offset: 1 }, { tail: 1 }])
    assert.ok((await read(desk, { byte_offset: 1, ...args })).isError);
});

const PNG = pngOf(3, 2);

test('the tool shows pictures up to a limit of their own, and says how to make a larger one smaller', async ({
  desk,
}) => {
  put(desk, Buffer.concat([PNG], 2000));
  assert.is((await read(desk)).content[0]?.type, 'image');
  put(desk, Buffer.concat([PNG], 2001));
  const result = await read(desk);
  assert.ok(result.isError);
  assert.match(textsOf(result)[0] as string, /picture of 2001 bytes.*tools\.max_image_bytes.*-resize/);
});

test('the tool looks for no line in terabytes of nothing', async ({ desk }) => {
  put(desk, 'x');
  truncateSync(join(desk.inside, 'a'), 2 ** 40);
  const result = await read(desk, { encoding: 'utf-8', offset: 5 });
  assert.ok(result.isError);
  assert.match(textsOf(result)[0] as string, /Line 5 is not .* sparse file/);
  assert.is(textsOf(await read(desk, { encoding: 'utf-8', byte_offset: 2 ** 39 })).length, 2);
  assert.is(textsOf(await read(desk, { encoding: 'utf-8', tail: 1 })).length, 2);
});

test.run();
