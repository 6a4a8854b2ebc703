import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { framed, OVERSIZED } from './framed.ts';

const test = suite('line-framer');

for (const [what, text, lines] of [
  ['one line', 'a\n', ['a']],
  ['lines in order', 'a\nb\nc\n', ['a', 'b', 'c']],
  ['lines that end in CRLF', 'a\r\nb\r\n', ['a', 'b']],
  ['no line that is empty', '\n\na\n\n\nb\n', ['a', 'b']],
  ['no line of white space', '  \n\t\r\n\r\na\n \n', ['a']],
  ['white space around a line', ' a \n', [' a ']],
  ['no byte order mark at the very beginning', '\ufeffa\nb\n', ['a', 'b']],
  ['a byte order mark anywhere else', 'a\n\ufeffb\n', ['a', '\ufeffb']],
  ['no line of a byte order mark alone', '\ufeff\na\n', ['a']],
  ['a last line without an end', 'a\nb', ['a', 'b']],
  ['a last line that ends in a carriage return', 'a\nb\r', ['a', 'b']],
  ['no last line of white space', 'a\n  ', ['a']],
  ['a carriage return within a line', 'a\rb\n', ['a\rb']],
  ['one of two carriage returns', 'a\r\r\n', ['a\r']],
  ['text of 1 to 4 bytes', 'aé€😀\n', ['aé€😀']],
  ['line separators that are none here', 'a\u2028b\u0085c\n', ['a\u2028b\u0085c']],
  ['nothing of nothing', '', []],
] as const) {
  test(`the framer gives ${what}`, () => {
    assert.equal(framed([Buffer.from(text)]), lines);
  });
}

test('the framer gives U+FFFD for bytes that are no UTF-8', () => {
  assert.equal(framed([Buffer.from([0x61, 0xff, 0xfe, 0x62, 0x0a])]), [['a\ufffd\ufffdb']]);
  assert.equal(framed([Buffer.from('a\ufffdb\nc\n')]), ['a\ufffdb', 'c'], 'what is one already is one');
  assert.equal(
    framed([Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x0a, 0x62])]),
    [['a\ufffd\ufffd\ufffd'], 'b'],
    'half a pair',
  );
});

test('the framer gives a line as soon as its end is there, not before', () => {
  const lines = framed([Buffer.from('a\nb')], { end: false });
  assert.equal(lines, ['a']);
});

test('a line may be as long as the limit, its carriage return included', () => {
  assert.equal(framed([Buffer.from('12345\n1234\r\n')], { maxLineBytes: 5 }), ['12345', '1234']);
});

for (const [what, text, lines] of [
  ['a longer line is dropped when it ends', '123456\na\n', [OVERSIZED, 'a']],
  ['bytes count, not characters', 'ééé\na\n', [OVERSIZED, 'a']],
  ['the carriage return counts', '12345\r\na\n', [OVERSIZED, 'a']],
  ['each is told once', `${'x'.repeat(100)}\n${'y'.repeat(100)}\nz\n`, [OVERSIZED, OVERSIZED, 'z']],
  ['a last one without an end is told at the end', `a\n${'x'.repeat(100)}`, ['a', OVERSIZED]],
  ['the order is kept', 'a\n123456\nb\n', ['a', OVERSIZED, 'b']],
] as const) {
  test(what, () => {
    const bytes = Buffer.from(text);
    assert.equal(framed([bytes], { maxLineBytes: 5 }), lines);
    assert.equal(
      framed(
        Array.from(bytes, (byte) => Buffer.from([byte])),
        { maxLineBytes: 5 },
      ),
      lines,
    );
  });
}

test('long lines come whole, in any pieces, between short ones', () => {
  const long = '€'.repeat(1_000_000);
  const bytes = Buffer.from(`a\n${long}\r\nb\n${long}c\n${'x'.repeat(4_000_000)}\n${long}`);
  for (const size of [1000, 65_536, 2_000_000])
    assert.equal(
      framed(
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          Buffer.from(bytes.subarray(at * size, (at + 1) * size)),
        ),
        { maxLineBytes: 3_000_001 },
      ),
      ['a', long, 'b', `${long}c`, OVERSIZED, long],
      `pieces of ${size} bytes`,
    );
});

test('a longer line that hasn’t ended is told of only when it ends', () => {
  assert.equal(framed([Buffer.from('x'.repeat(100))], { maxLineBytes: 5, end: false }), []);
});

test('of a line that is too long nothing is decoded', () => {
  const decoded: number[] = [];
  framed([Buffer.from('x'.repeat(50)), Buffer.from('x'.repeat(50)), Buffer.from('\nab\n')], {
    maxLineBytes: 5,
    onDecode: (start, end) => decoded.push(end - start),
  });
  assert.equal(decoded, [2]);
});

test('of a line that is too long no more is kept than the limit', () => {
  const { slice } = Uint8Array.prototype;
  let kept = 0;
  Uint8Array.prototype.slice = function (...args) {
    const copy = slice.apply(this, args);
    kept += copy.length;
    return copy;
  };
  try {
    framed(Array(100).fill(Buffer.from('xxx')), { maxLineBytes: 10 });
  } finally {
    Uint8Array.prototype.slice = slice;
  }
  assert.ok(kept <= 10, `kept ${kept} bytes`);
});

test.run();
