import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatJson } from '../../../../src/infrastructure/logging/format-line.ts';

const test = suite('format JSON');

const time = new Date('2026-01-02T03:04:05.678Z');

test('a line is one object on one line', () => {
  assert.is(
    formatJson({ time, level: 'info', message: 'Started', fields: { port: 1, ok: true, none: undefined } }),
    '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"Started","port":1,"ok":true}\n',
  );
});

test('a line lets no field replace time, level or message', () => {
  const line = formatJson({
    time,
    level: 'info',
    message: 'm',
    fields: { level: 'error', message: 'x', time: 0 },
  });
  assert.is(line, '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"m"}\n');
});

test('a line stays one line whatever it holds, and parses back to it', () => {
  const nasty = 'a\n{"level":"error"}\r\u2028\u0085\u009b\u202e"\\\ud800';
  const line = formatJson({ time, level: 'warn', message: nasty, fields: { [nasty]: nasty } });
  assert.is(line.split(/[\n\r\u2028\u2029\u0085]/).length, 2);
  assert.not.match(line, /[\u007f-\u009f\u202e]/);
  const parsed = JSON.parse(line);
  assert.is(parsed.message, nasty);
  assert.is(parsed[nasty], nasty);
});

test.run();
