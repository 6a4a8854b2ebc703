import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { summarizePatterns } from '../../../../src/domain/telemetry/pattern-summary.ts';
import { madeLine } from '../../../support/made-line.ts';

const test = suite('pattern summary');

test('a pattern tells its lines, times, services and severity, with one of its last lines', () => {
  const line = (at: number, rest = {}) =>
    madeLine({ body: `pool exhausted: ${at} waiting`, timeMs: at, ...rest });
  const { patterns, ungrouped } = summarizePatterns([
    line(9, { service: 'cart', severity: 'ERROR' }),
    line(5, { traceId: 't5', severity: 'ERROR' }),
    line(1, { traceId: 't1' }),
    line(7, { severity: 'ERROR' }),
    madeLine({ body: 'started' }),
  ]);
  assert.is(ungrouped, 0);
  const [{ sample, ...pool } = { sample: undefined }] = patterns;
  assert.equal(pool, {
    pattern: 'pool exhausted: <*> waiting',
    count: 4,
    severity: 'ERROR',
    services: ['web', 'cart'],
    firstMs: 1,
    lastMs: 9,
  });
  assert.is(sample?.traceId, 't5', 'the last that has a trace');
  assert.is(patterns[1]?.sample.body, 'started');
});

test('lines that are of no pattern are told', () => {
  const letters = (at: number): string =>
    (at > 25 ? letters(Math.floor(at / 26)) : '') + String.fromCharCode(97 + (at % 26));
  const lines = Array.from({ length: 3000 }, (_, at) =>
    madeLine({ body: [7, 11, 13, 17].map((factor) => letters((at + 1) * factor * 997)).join(' ') }),
  );
  const { patterns, ungrouped } = summarizePatterns(lines);
  assert.ok(ungrouped > 0);
  assert.is(
    patterns.reduce((sum, { count }) => sum + count, ungrouped),
    3000,
  );
});

test.run();
