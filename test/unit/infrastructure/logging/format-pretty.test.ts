import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { prettyFormat } from '../../../../src/infrastructure/logging/format-line.ts';

const test = suite('pretty format');

const plain = prettyFormat(false);
const time = new Date(2026, 0, 2, 3, 4, 5, 67);

test('a line is local time, level, message and fields', () => {
  assert.is(plain({ time, level: 'warn', message: 'Stopped', fields: {} }), '03:04:05.067 warn  Stopped\n');
  assert.is(
    plain({ time, level: 'error', message: 'No answer', fields: { tool: 'echo', ms: 5, none: undefined } }),
    '03:04:05.067 error No answer tool=echo ms=5\n',
  );
});

test('a line quotes values that could pass for other fields', () => {
  const fields = { a: 'x b=y', c: '', d: 'say "hi"' };
  assert.is(
    plain({ time, level: 'info', message: 'm', fields }),
    '03:04:05.067 info  m a="x b=y" c="" d="say \\"hi\\""\n',
  );
});

test('a line stays one line, and steers no terminal', () => {
  const nasty = 'a\r\n\u001b[2J\u009b\u2028';
  for (const format of [plain, prettyFormat(true)]) {
    const line = format({
      time,
      level: 'info',
      message: nasty,
      fields: { [nasty]: nasty, other: nasty.trim() },
    });
    assert.is(line.split(/[\n\r\u2028]/).length, 2);
    for (const sequence of ['\u001b[2J', '\u009b']) assert.not.match(line, sequence);
  }
});

test('a line colours when asked to, and only then', () => {
  const line = prettyFormat(true)({ time, level: 'error', message: 'm', fields: { a: 1 } });
  assert.is(line, '\u001b[2m03:04:05.067\u001b[0m \u001b[31merror\u001b[0m m \u001b[2ma=1\u001b[0m\n');
  assert.not.match(plain({ time, level: 'error', message: 'm', fields: { a: 1 } }), '\u001b');
});

test.run();
