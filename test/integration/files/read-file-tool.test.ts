import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeText } from '../../../src/domain/text/encode-text.ts';
import { failureOf } from '../../support/failure.ts';
import { pngOf } from '../../support/pictures.ts';
import { fakeContext } from '../../unit/application/fake-context.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

const test = suite<{ desk: ToolsDesk }>('read_file');

test.before.each((context) => {
  context.desk = new ToolsDesk();
});
test.after.each(({ desk }) => desk.clear());

const put = (desk: ToolsDesk, name: string, content: string | Uint8Array) =>
  writeFileSync(join(desk.inside, name), content);

test('the tool hands out the text itself and nothing else', async ({ desk }) => {
  const text = 'one\r\ntwo\nthree\u2028é€😀"\\\u0001\t';
  put(desk, 'a.txt', text);
  const { mostBytes, ...result } = await desk.call('read', { path: 'a.txt' });
  assert.equal(result, { content: [{ type: 'text', text }], isError: false });
  assert.ok(Buffer.byteLength(JSON.stringify(result)) <= (mostBytes ?? 0));
});

test('the tool drops a byte order mark at the start of the file only', async ({ desk }) => {
  put(desk, 'a', '\ufeffone\n\ufefftwo\n');
  assert.equal(textsOf(await desk.call('read', { path: 'a' })), ['one\n\ufefftwo\n']);
  assert.equal(textsOf(await desk.call('read', { path: 'a', offset: 1 })), ['\ufefftwo\n']);
  assert.equal(textsOf(await desk.call('read', { path: 'a', tail: 1 })), ['\ufefftwo\n']);
  put(desk, 'b', Buffer.from('\ufeffone', 'utf16le'));
  assert.equal(textsOf(await desk.call('read', { path: 'b', encoding: 'utf-16le' })), ['one']);
});

test('the tool selects lines from the start and from the end', async ({ desk }) => {
  put(desk, 'a', 'zero\none\r\ntwo\nthree');
  const read = async (args: object) => textsOf(await desk.call('read', { path: 'a', ...args }));
  assert.equal(await read({ offset: 1 }), ['one\r\ntwo\nthree']);
  assert.equal(await read({ offset: 1, limit: 1 }), ['one\r\n']);
  assert.equal(await read({ limit: 2 }), ['zero\none\r\n']);
  assert.equal(await read({ limit: 99 }), ['zero\none\r\ntwo\nthree']);
  assert.equal(await read({ offset: 3 }), ['three']);
  assert.equal(await read({ tail: 1 }), ['three']);
  assert.equal(await read({ tail: 2 }), ['two\nthree']);
  assert.equal(await read({ tail: 99 }), ['zero\none\r\ntwo\nthree']);
  put(desk, 'a', 'one\ntwo\n');
  assert.equal(await read({ tail: 1 }), ['two\n']);
});

test('the tool says how many lines there are to whoever asks for more', async ({ desk }) => {
  put(desk, 'a', 'one\ntwo');
  put(desk, 'b', 'one\ntwo\n');
  put(desk, 'empty', '');
  for (const [path, count] of [
    ['a', 2],
    ['b', 2],
    ['empty', 0],
  ] as const) {
    const result = await desk.call('read', { path, offset: 2 });
    assert.ok(result.isError);
    assert.match(textsOf(result)[0] as string, `below ${count}`);
  }
});

test('the tool refuses two selections at once and numbers that are none', async ({ desk }) => {
  put(desk, 'a', 'one\ntwo');
  for (const args of [
    { tail: 1, offset: 1 },
    { tail: 1, limit: 1 },
    { offset: -1 },
    { limit: 0 },
    { tail: 0 },
    { offset: 0.5 },
    { encoding: 'utf-9' },
    { lines: 3 },
  ])
    assert.ok((await desk.call('read', { path: 'a', ...args })).isError, JSON.stringify(args));
});

test('the tool cuts at a line, says how to read on, and reading on gives all of it', async ({ desk }) => {
  const lines = Array.from({ length: 300 }, (_, n) => `${n} ${'"é'.repeat(n % 40)}\n`);
  put(desk, 'a', lines.join(''));
  for (const encoding of ['utf-8', 'windows-1252']) {
    let all = '';
    let offset = 0;
    for (let page = 0; page < 200; page++) {
      const result = await desk.call('read', { path: 'a', encoding, offset });
      const texts = textsOf(result);
      const text = texts.at(-1) ?? '';
      const note = texts.length > 1 ? texts[0] : undefined;
      assert.ok(
        Buffer.byteLength(JSON.stringify(text)) - 2 <= 1000,
        `${encoding}: ${JSON.stringify(text).length}`,
      );
      all += Buffer.from(encodeText(text, encoding)).toString('latin1');
      if (note === undefined) break;
      const next = Number(/Read on with "offset": (\d+)/.exec(note)?.[1]);
      assert.match(note, `lines ${offset} to ${next - 1}`);
      assert.ok(next > offset);
      offset = next;
    }
    assert.is(all, Buffer.from(lines.join('')).toString('latin1'), encoding);
  }
});

test('pages of base64 can be put together', async ({ desk }) => {
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at % 7 === 0 ? 10 : at & 0xff)));
  put(desk, 'a', bytes);
  for (const first of [0, 1]) {
    let all = '';
    for (let position: number | undefined = first; position !== undefined; ) {
      const texts = textsOf(
        await desk.call('read', { path: 'a', encoding: 'base64', byte_offset: position }),
      );
      const note = texts.length > 1 ? texts[0] : '';
      all += texts.at(-1) ?? '';
      const next = /Read on with "byte_offset": (\d+)/.exec(note ?? '')?.[1];
      position = next === undefined ? undefined : Number(next);
    }
    assert.is(all, bytes.subarray(first).toString('base64'));
  }
});

test('a text whose bytes mean something only in their line is read by lines', async ({ desk }) => {
  const line = '日本語のテキスト、長い一行です。'.repeat(60);
  put(desk, 'a', Buffer.from(encodeText(`${line}\n${line}\nend\n`, 'iso-2022-jp')));
  const encoding = 'iso-2022-jp';
  const [note = '', text = ''] = textsOf(await desk.call('read', { path: 'a', encoding }));
  assert.ok(text.length > 300 && line.startsWith(text), text.slice(-5));
  assert.ok(Buffer.byteLength(JSON.stringify(text)) - 2 <= 1000);
  assert.match(note, /^\[Line 0 is cut at the limit of \d+ bytes\. Read on with "offset": 1[;\]]/);
  assert.equal(textsOf(await desk.call('read', { path: 'a', encoding, offset: 2 })), ['end\n']);
  assert.equal(textsOf(await desk.call('read', { path: 'a', encoding, tail: 1 })), ['end\n']);
  put(desk, 'a', Buffer.from(encodeText(line, encoding)));
  for (const part of [{ byte_offset: 4 }, { tail: 1 }]) {
    const refused = await desk.call('read', { path: 'a', encoding, ...part });
    assert.match(
      textsOf(refused)[0] ?? '',
      /is in iso-2022-jp, which can be read from the start of a line only/,
    );
  }
});

test('the tool cuts a line that is too long between characters, and says where its rest begins', async ({
  desk,
}) => {
  for (const character of ['x', 'é', '€', '😀', '"', '\u0001']) {
    put(desk, 'a', `first\n${character.repeat(2000)}\nlast\n`);
    const encoding = 'utf-8';
    const [note = '', text = ''] = textsOf(await desk.call('read', { path: 'a', encoding, offset: 1 }));
    assert.ok(text.length > 0 && text === character.repeat([...text].length), character);
    const size = Buffer.byteLength(JSON.stringify(text)) - 2;
    assert.ok(size <= 1000 && size > 990, `${character}: ${size}`);
    const rest = 6 + Buffer.byteLength(text);
    assert.match(note, `rest with "byte_offset": ${rest}, or the next line with "offset": 2]`);
    const [, more] = textsOf(await desk.call('read', { path: 'a', encoding, byte_offset: rest }));
    assert.ok(more?.startsWith(character));
    assert.equal(textsOf(await desk.call('read', { path: 'a', encoding, offset: 2 })), ['last\n']);
    put(desk, 'b', Buffer.from(`${character.repeat(2000)}\nlast`, 'utf16le'));
    const [, wide = ''] = textsOf(await desk.call('read', { path: 'b', encoding: 'utf-16le' }));
    assert.is(wide, character.repeat([...wide].length));
    const [noteOfEnd = '', end = ''] = textsOf(await desk.call('read', { path: 'a', encoding, tail: 2 }));
    assert.is(end, 'last\n');
    assert.match(noteOfEnd, 'the last 1 lines');
  }
  put(desk, 'c', `first\n${'😀'.repeat(2000)}`);
  const [note = '', end = ''] = textsOf(await desk.call('read', { path: 'c', tail: 1 }));
  assert.is(end, '😀'.repeat(250));
  assert.match(note, 'the end of the last line');
});

test('the tool reads the end of a large file from its end', async ({ desk }) => {
  const filler = Buffer.alloc(30_000_000, `${'x'.repeat(99)}\n`);
  put(desk, 'large', Buffer.concat([filler, Buffer.from('one\ntwo\nthree\n')]));
  let bytes = 0;
  const open = desk.files.open.bind(desk.files);
  desk.files.open = async (...args) => {
    const file = await open(...args);
    const chunks = file.chunks.bind(file);
    file.chunks = async function* (start) {
      for await (const chunk of chunks(start)) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    return file;
  };
  assert.equal(textsOf(await desk.call('read', { path: 'large', tail: 3 })), ['one\ntwo\nthree\n']);
  assert.ok(bytes < 500_000, `${bytes} bytes were read`);
  bytes = 0;
  await desk.call('read', { path: 'large' });
  assert.ok(bytes < 500_000, `${bytes} bytes were read`);
});

test('the tool finds lines far into a large file', async ({ desk }) => {
  put(desk, 'large', Array.from({ length: 500_000 }, (_, n) => `${n}\n`).join(''));
  assert.equal(textsOf(await desk.call('read', { path: 'large', offset: 400_000, limit: 2 })), [
    '400000\n400001\n',
  ]);
  assert.equal(textsOf(await desk.call('read', { path: 'large', offset: 499_999 })), ['499999\n']);
  assert.match(
    textsOf(await desk.call('read', { path: 'large', offset: 500_000 }))[0] as string,
    'below 500000',
  );
});

test('the tool knows the encodings', async ({ desk }) => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  put(desk, 'bytes', all);
  assert.equal(textsOf(await desk.call('read', { path: 'bytes', encoding: 'base64' })), [
    all.toString('base64'),
  ]);
  put(desk, 'wide', Buffer.from('a\nĊ\u0a0a\nb', 'utf16le'));
  const wide = async (args: object) =>
    textsOf(await desk.call('read', { path: 'wide', encoding: 'utf-16le', ...args }));
  assert.equal(await wide({}), ['a\nĊ\u0a0a\nb']);
  assert.equal(await wide({ offset: 1 }), ['Ċ\u0a0a\nb']);
  assert.equal(await wide({ offset: 1, limit: 1 }), ['Ċ\u0a0a\n']);
  assert.equal(await wide({ tail: 2 }), ['Ċ\u0a0a\nb']);
});

test('a binary file comes as the block that it is', async ({ desk }) => {
  const png = pngOf(3, 2);
  put(desk, 'picture.dat', png);
  assert.equal((await desk.call('read', { path: 'picture.dat' })).content, [
    { type: 'image', data: png.toString('base64'), mimeType: 'image/png' },
  ]);
  const sound = Buffer.from('OggS\0\u0002\0\0');
  put(desk, 'sound.ogg', sound);
  assert.equal((await desk.call('read', { path: 'sound.ogg' })).content, [
    { type: 'audio', data: sound.toString('base64'), mimeType: 'audio/ogg' },
  ]);
  const bytes = Buffer.from([0, 1, 2, 255]);
  put(desk, 'a #1.bin', bytes);
  assert.equal((await desk.call('read', { path: 'a #1.bin' })).content, [
    {
      type: 'resource',
      resource: {
        uri: `file://${desk.inside}/a%20%231.bin`,
        mimeType: 'application/octet-stream',
        blob: bytes.toString('base64'),
      },
    },
  ]);
});

test('a picture that would be refused is not shown, but told', async ({ desk }) => {
  for (const [broken, reason] of [
    [pngOf(3, 2).subarray(0, 30), 'is broken'],
    [pngOf(9000, 1), '9000 x 1 pixels'],
  ] as const) {
    put(desk, 'picture.png', broken);
    const result = await desk.call('read', { path: 'picture.png' });
    assert.ok(result.isError);
    assert.match(textsOf(result)[0] as string, reason);
    const [text] = textsOf(await desk.call('read', { path: 'picture.png', encoding: 'base64' }));
    assert.is(text, broken.toString('base64'));
  }
});

test('a name alone makes no picture, and a text that begins like one is text', async ({ desk }) => {
  put(desk, 'fake.png', Buffer.from([0, 1, 2]));
  const [block] = (await desk.call('read', { path: 'fake.png' })).content;
  assert.is(block?.type, 'resource');
  put(desk, 'text', 'GIF89a is an old format');
  assert.equal(textsOf(await desk.call('read', { path: 'text' })), ['GIF89a is an old format']);
  put(desk, 'drawing.svg', '<svg/>');
  assert.equal(textsOf(await desk.call('read', { path: 'drawing.svg' })), ['<svg/>']);
});

test('a binary file has no lines, and comes whole or not at all', async ({ desk }) => {
  put(desk, 'bytes', Buffer.alloc(751));
  put(desk, 'fits', Buffer.alloc(750));
  for (const args of [{ offset: 1 }, { limit: 1 }, { tail: 1 }])
    assert.match(textsOf(await desk.call('read', { path: 'fits', ...args }))[0] as string, 'has no lines');
  const result = await desk.call('read', { path: 'bytes' });
  assert.ok(result.isError);
  assert.match(textsOf(result)[0] as string, /binary file of 751 bytes.*"encoding": "base64"/);
  assert.is((await desk.call('read', { path: 'fits' })).content[0]?.type, 'resource');
});

/** A file of 3,000 lines of twenty bytes, read with the limits as they are by default. */
for (const [what, args, takesAll, expected] of [
  ['what clients take, where the call asks for no more', {}, false, 16_384],
  ['what clients take, from any line', { offset: 100 }, false, 16_384],
  ['what clients take, from any byte', { byte_offset: 7 }, false, 16_384],
  ['as many lines as the call asks for', { limit: 2000 }, false, 40_000],
  ['as many last lines as the call asks for', { tail: 2000 }, false, 40_000],
  ['all of it at a terminal', {}, true, 60_000],
] as const)
  test(`a long file is answered with ${what}`, async () => {
    const desk = new ToolsDesk({ maxReadBytes: 262_144 });
    try {
      put(desk, 'long', Array.from({ length: 3000 }, (_, at) => `line ${String(at).padEnd(14)}\n`).join(''));
      const client = { ...fakeContext().client, takesAll };
      const texts = textsOf(await desk.call('read', { path: 'long', ...args }, fakeContext({ client })));
      const bytes = Buffer.byteLength(texts.join(''));
      assert.ok(bytes <= expected && bytes > expected * 0.9, `${bytes} bytes`);
      assert.is(texts.length === 2, expected === 16_384);
      if (texts.length === 2)
        assert.match(texts[0] as string, 'with "limit", up to 262144 bytes come at once');
    } finally {
      desk.clear();
    }
  });

test('the tool stops reading when nobody waits any more', async ({ desk }) => {
  put(desk, 'a', 'x\n');
  const signal = AbortSignal.abort(new Error('gone'));
  const reading = desk.call('read', { path: 'a' }, fakeContext({ signal }));
  assert.is((await failureOf(reading)).message, 'gone');
});

test('pages of any text put together are the text, whatever the limit', async () => {
  const line = fc.string({
    unit: fc.constantFrom('a', '"', 'é', '€', '😀', '\t', '\u0001', '\r'),
    maxLength: 30,
  });
  const property = fc.asyncProperty(
    fc.array(line, { maxLength: 30 }),
    fc.integer({ min: 200, max: 400 }),
    async (lines, maxReadBytes) => {
      const desk = new ToolsDesk({ maxReadBytes });
      try {
        const text = lines.join('\n');
        put(desk, 'a', text);
        let all = '';
        for (let offset = 0; ; ) {
          const texts = textsOf(await desk.call('read', { path: 'a', encoding: 'utf-8', offset }));
          if (text !== '') all += texts.at(-1);
          const note = texts[0] ?? '';
          if (texts.length === 1) break;
          offset = Number(/"offset": (\d+)/.exec(note)?.[1]);
        }
        assert.is(all, text);
        const tail = textsOf(await desk.call('read', { path: 'a', encoding: 'utf-8', tail: 3 })).at(-1) ?? '';
        assert.ok(text === '' || text.endsWith(tail));
        assert.ok(Buffer.byteLength(JSON.stringify(tail)) - 2 <= maxReadBytes);
      } finally {
        desk.clear();
      }
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

if (process.platform === 'linux')
  test('the tool leaves no file open, whatever it says of it', async ({ desk }) => {
    put(desk, 'text', 'one\ntwo\n');
    put(desk, 'binary', Buffer.alloc(3));
    const open = () => readdirSync('/proc/self/fd').length;
    await desk.call('read', { path: 'text' });
    const before = open();
    for (const more of [{}, { tail: 1 }, { offset: 9 }, { encoding: 'base64' }])
      for (const path of ['text', 'binary']) await desk.call('read', { path, ...more });
    assert.is(open(), before);
  });

test.run();
