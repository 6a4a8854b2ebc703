import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { framed, OVERSIZED } from './framed.ts';

const test = suite('line-framer, however the bytes are split');

/** A stream of everything that lines can be: texts of all widths, blank ones, odd bytes, ends of both kinds. */
const stream = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => Buffer.from(text)),
      fc
        .constantFrom('\n', '\r\n', '\r', '\n\n', '  \n', '\ufeff', '😀', '€', 'é', 'x'.repeat(40))
        .map(Buffer.from),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 30 },
  )
  .chain((parts) => fc.tuple(fc.constant(Buffer.concat(parts)), fc.boolean()))
  .map(([bytes, mark]) => (mark ? Buffer.concat([Buffer.from('\ufeff'), bytes]) : bytes));

const cuts = fc.array(fc.nat(), { maxLength: 20 });

function split(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.slice(start, places[index] ?? bytes.length));
}

test('the lines are those of the whole', async () => {
  await fc.assert(
    fc.property(stream, cuts, (bytes, at) => {
      assert.equal(framed(split(bytes, at)), framed([bytes]));
    }),
  );
});

test('byte by byte, too', async () => {
  await fc.assert(
    fc.property(stream, (bytes) => {
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
      assert.equal(framed(single), framed([bytes]));
    }),
  );
});

test('lines that are too long, too', async () => {
  await fc.assert(
    fc.property(stream, cuts, fc.integer({ min: 1, max: 40 }), (bytes, at, maxLineBytes) => {
      assert.equal(framed(split(bytes, at), { maxLineBytes }), framed([bytes], { maxLineBytes }));
    }),
  );
});

test('they are the lines that a simple reading finds', async () => {
  await fc.assert(
    fc.property(stream, fc.integer({ min: 1, max: 200 }), (bytes, maxLineBytes) => {
      const expected: ReturnType<typeof framed> = [];
      let isFirst = true;
      for (const line of linesOf(bytes)) {
        if (line.length > maxLineBytes) {
          expected.push(OVERSIZED);
          continue;
        }
        const text = line.toString('utf8').replace(/\r$/, '');
        const shown = isFirst ? text.replace(/^\ufeff/, '') : text;
        isFirst = false;
        if (!isUtf8(line)) expected.push([shown]);
        else if (shown.trim() !== '') expected.push(shown);
      }
      assert.equal(framed([bytes], { maxLineBytes }), expected);
    }),
  );
});

/** The bytes between line feeds, and those after the last one. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a) continue;
    lines.push(bytes.subarray(start, at));
    start = at + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}

test.run();
