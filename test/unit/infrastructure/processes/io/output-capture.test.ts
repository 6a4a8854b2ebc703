import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OutputCapture } from '../../../../../src/infrastructure/processes/io/output-capture.ts';

const test = suite('output-capture');

function capture(limit: number, chunks: readonly (string | Uint8Array)[]) {
  const output = new OutputCapture(limit);
  for (const chunk of chunks) output.write(Buffer.from(chunk));
  return output.read();
}

test('the capture has nothing of nothing', () => {
  assert.equal(capture(10, []), { head: '', tail: '', omittedBytes: 0 });
});

test('the capture has all that fits as one text', () => {
  assert.equal(capture(10, ['01234', '56789']), { head: '0123456789', tail: '', omittedBytes: 0 });
});

test('the capture has beginning and end of more', () => {
  assert.equal(capture(10, ['0123456789ab']), { head: '01234', tail: '789ab', omittedBytes: 2 });
  assert.equal(capture(10, [...'0123456789ab']), { head: '01234', tail: '789ab', omittedBytes: 2 });
});

test('a character that comes in two pieces is one', () => {
  const [one, two, three] = Buffer.from('日');
  assert.is(
    capture(10, [Uint8Array.of(one as number), Uint8Array.of(two as number, three as number)]).head,
    '日',
  );
  // at the border between head and tail, nothing being left out
  assert.is(capture(10, ['xxxx日yyy']).head, 'xxxx日yyy');
});

test('what the gap cuts in two is left out whole, and counted', () => {
  assert.equal(capture(10, ['xxxx日----日yyyy']), { head: 'xxxx', tail: 'yyyy', omittedBytes: 10 });
  assert.equal(capture(8, ['xx😀----😀yy']), { head: 'xx', tail: 'yy', omittedBytes: 12 });
  assert.equal(capture(8, ['xxé----éyy']), { head: 'xxé', tail: 'éyy', omittedBytes: 4 });
});

test('bytes that are no UTF-8 become U+FFFD', () => {
  assert.is(capture(10, [Uint8Array.of(0xff, 0x61, 0xc3)]).head, '\ufffda\ufffd');
});

test('so do those that look like the end of a character, if they are more than a character has', () => {
  const bytes = new Uint8Array(20).fill(0x80);
  const lone = '\ufffd';
  assert.equal(capture(10, [bytes]), {
    head: lone.repeat(5),
    tail: lone.repeat(2),
    omittedBytes: 13,
    invalidBytes: 7,
  });
});

test('what little is written takes little memory, however much is allowed', () => {
  const before = process.memoryUsage().arrayBuffers;
  const outputs = Array.from({ length: 100 }, () => new OutputCapture(8 * 1024 * 1024));
  for (const output of outputs) output.write(Buffer.from('x'));
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.is(outputs.length, 100);
  assert.ok(grown < 8 * 1024 * 1024, `grew by ${grown} bytes`);
});

test('a byte order mark is a character like any other', () => {
  assert.is(capture(10, ['\ufeffa']).head, '\ufeffa');
});

test('whole characters make whole characters, wherever it is cut', async () => {
  await fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 10 }),
      fc.integer({ min: 2, max: 40 }),
      (text, limit) => {
        const { head, tail, omittedBytes } = capture(limit, [text]);
        assert.ok(text.startsWith(head) && text.endsWith(tail));
        assert.is(Buffer.byteLength(head + tail) + omittedBytes, Buffer.byteLength(text));
      },
    ),
  );
});

test('beginning and end are right, however the bytes come', () => {
  const text = Array.from({ length: 30_000 }, (_, index) => String.fromCharCode(97 + (index % 23))).join('');
  for (const limit of [0, 1, 2, 3, 4095, 4096, 4097, 10_001, 29_999, 30_000, 40_000]) {
    for (const size of [1, 4096, 7000, 30_000]) {
      const output = new OutputCapture(limit);
      for (let at = 0; at < text.length; at += size) output.write(Buffer.from(text.slice(at, at + size)));
      const { head, tail, omittedBytes } = output.read();
      const expected =
        limit >= text.length
          ? [text, '']
          : [text.slice(0, Math.ceil(limit / 2)), text.slice(text.length - Math.floor(limit / 2))];
      assert.equal([head, tail], expected, `${limit} by ${size}`);
      assert.is(head.length + tail.length + omittedBytes, text.length);
    }
  }
});

test.run();
