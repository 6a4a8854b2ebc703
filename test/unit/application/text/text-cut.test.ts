import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cutHead, cutTail, type TextCut } from '../../../../src/application/text/text-cut.ts';
import { encodeText } from '../../../../src/domain/text/encode-text.ts';
import type { Encoding } from '../../../../src/domain/text/encodings.ts';
import { decodeText } from '../../../../src/domain/text/text-decoding.ts';

const test = suite('text-cut');

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'utf-32be', 'windows-1252', 'gb18030', 'base64'] as const;

const bytesOf = (text: string, encoding: Encoding) =>
  Buffer.from(encodeText(text, encoding === 'base64' ? 'utf-8' : encoding));
const textOf = (bytes: Uint8Array, encoding: Encoding) =>
  encoding === 'base64' ? Buffer.from(bytes).toString('base64') : decodeText(bytes, encoding);

/** Bytes that a text takes in an answer. */
const size = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const text = fc
  .array(
    fc.string({
      unit: fc.constantFrom('a', 'b', '"', '\\', '\t', '\u0001', '\u007f', 'é', '\u00ff'),
      maxLength: 12,
    }),
    { maxLength: 8 },
  )
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`));

function check(
  cut: TextCut,
  bytes: Uint8Array,
  all: readonly string[],
  encoding: Encoding,
  maxBytes: number,
) {
  const part = bytes.subarray(cut.start, cut.end);
  assert.ok(size(textOf(part, encoding)) <= maxBytes);
  // Lines of the bytes themselves, whatever they stand for.
  const expected = all.map((line) => bytesOf(line, encoding));
  if (cut.cut === undefined) {
    assert.equal(Buffer.from(part), Buffer.concat(expected));
  } else if (cut.cut.insideLine) {
    assert.is(cut.cut.lines, 1);
  } else {
    assert.ok(cut.cut.lines > 0 && cut.cut.lines < expected.length);
  }
  return { part: Buffer.from(part), expected };
}

for (const encoding of encodings) {
  test(`${encoding}: the head is as many whole lines as fit, else the most of the first`, async () => {
    await fc.assert(
      fc.property(
        text,
        fc.integer({ min: 8, max: 60 }),
        fc.option(fc.integer({ min: 1, max: 6 })),
        (whole, maxBytes, wanted) => {
          const bytes = bytesOf(whole, encoding);
          const all = linesOf(whole).slice(0, wanted ?? undefined);
          const cut = cutHead(bytes, { encoding, maxBytes, lines: wanted ?? undefined });
          const { part, expected } = check(cut, bytes, all, encoding, maxBytes);
          if (cut.cut === undefined) return;
          if (encoding === 'base64') {
            assert.is(part.length, Math.floor(maxBytes / 4) * 3, 'whole groups, to be put together');
            return;
          }
          const next = cut.cut.insideLine ? 0 : cut.cut.lines;
          if (!cut.cut.insideLine) assert.equal(part, Buffer.concat(expected.slice(0, next)));
          const more = Buffer.concat(expected.slice(0, next + 1));
          assert.ok(size(textOf(more, encoding)) > maxBytes - 4, 'another line would not have fitted');
        },
      ),
    );
  });

  test(`${encoding}: the tail is as many whole lines as fit, else the most of the last`, async () => {
    await fc.assert(
      fc.property(
        text,
        fc.integer({ min: 8, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (whole, maxBytes, wanted) => {
          const bytes = bytesOf(whole, encoding);
          const all = linesOf(whole).slice(-wanted);
          const cut = cutTail(bytes, { encoding, maxBytes, lines: wanted });
          const { part, expected } = check(cut, bytes, all, encoding, maxBytes);
          assert.is(cut.end, bytes.length);
          if (cut.cut === undefined) return;
          const count = cut.cut.insideLine ? 0 : cut.cut.lines;
          if (!cut.cut.insideLine) assert.equal(part, Buffer.concat(expected.slice(-count)));
          const more = Buffer.concat(expected.slice(-count - 1));
          assert.ok(size(textOf(more, encoding)) > maxBytes - 4, 'another line would not have fitted');
        },
      ),
    );
  });
}

test('the cut splits no character, at either end', () => {
  for (const [encoding, character] of [
    ['utf-8', '€'],
    ['utf-8', '😀'],
    ['utf-16le', '😀'],
  ] as const) {
    const bytes = bytesOf(character.repeat(50), encoding);
    for (let maxBytes = 8; maxBytes < 24; maxBytes++) {
      for (const cut of [
        cutHead(bytes, { encoding, maxBytes }),
        cutTail(bytes, { encoding, maxBytes, lines: 1 }),
      ]) {
        const part = textOf(bytes.subarray(cut.start, cut.end), encoding === 'utf-8' ? 'utf-8' : 'utf-16le');
        assert.is(part, character.repeat(Math.floor(maxBytes / Buffer.byteLength(character))));
      }
    }
  }
});

test('the cut takes U+0A0A and U+0A00 for no line ends in UTF-16', () => {
  const bytes = bytesOf('\u0a0a\u0a00\u000a\u0a0a', 'utf-16le');
  assert.equal(cutHead(bytes, { encoding: 'utf-16le', maxBytes: 1000, lines: 1 }), { start: 0, end: 6 });
  assert.equal(cutTail(bytes, { encoding: 'utf-16le', maxBytes: 1000, lines: 1 }), { start: 6, end: 8 });
});

test('the cut counts large texts to the byte too', () => {
  const bytes = Buffer.alloc(100_000, 'abc"\n');
  const fits = { encoding: 'utf-8', maxBytes: 140_000 } as const;
  assert.equal(cutHead(bytes, fits), { start: 0, end: 100_000 });
  assert.equal(cutHead(bytes, { ...fits, maxBytes: 139_999 }), {
    start: 0,
    end: 99_995,
    cut: { insideLine: false, lines: 19_999 },
  });
});

test.run();
