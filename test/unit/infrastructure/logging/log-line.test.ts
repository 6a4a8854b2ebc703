import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { escapeControlCharacters } from '../../../../src/infrastructure/logging/format-line.ts';

const test = suite('log line');

for (const [what, text, escaped] of [
  ['line ends', 'a\nb\rc\u2028d\u2029e\u0085f', 'a\\nb\\rc\\u2028d\\u2029e\\u0085f'],
  ['terminal sequences', '\u001b[31mred\u009b0m', '\\u001b[31mred\\u009b0m'],
  ['bidirectional overrides', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['tab, NUL and DEL', '\t\0\u007f', '\\t\\u0000\\u007f'],
] as const) {
  test(`a line escapes ${what}`, () => {
    assert.is(escapeControlCharacters(text), escaped);
  });
}

test('a line leaves all other text alone', () => {
  const text = 'grün "✓" \\n 日本 🎉';
  assert.is(escapeControlCharacters(text), text);
});

test.run();
