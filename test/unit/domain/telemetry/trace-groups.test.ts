import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Span } from '../../../../src/domain/telemetry/span.ts';
import type { SpanNode } from '../../../../src/domain/telemetry/span-tree.ts';
import { traceGroups } from '../../../../src/domain/telemetry/trace-groups.ts';
import { madeChild, madeRoot, madeSpan } from '../../../support/made-spans.ts';

const test = suite('trace groups');

/** So many requests of an operation, each a bit longer than the one before. */
const requests = (count: number, name: string, durationMs: number, rest: Partial<Span> = {}): SpanNode[] =>
  Array.from({ length: count }, (_, at) =>
    madeRoot(
      madeSpan({ spanId: 'root', traceId: `${name}${at}`, name, durationMs: durationMs + at, ...rest }),
    ),
  );

const durations = (roots: readonly SpanNode[] = []) => roots.map(({ startMs, endMs }) => endMs - startMs);

test('the operation that took most time more is compared with itself: the slowest fifth with the middle', () => {
  const [groups, ...others] = traceGroups(
    [...requests(30, 'GET /cart', 100), ...requests(30, 'GET /report', 5000)],
    [...requests(40, 'GET /cart', 300), ...requests(30, 'GET /report', 5001)],
  );
  assert.equal([groups?.name, groups?.kind, others], ['GET /cart', 'slow', []]);
  assert.equal(durations(groups?.slow), [339, 338, 337, 336, 335, 334, 333, 332]);
  assert.equal([groups?.normal.length, durations(groups?.normal).at(0)], [20, 124]);
  assert.is(groups?.differences.times[0]?.name, 'GET /cart');
});

test('what the slowest of two halves of normal time differ in is the placebo', () => {
  const [groups] = traceGroups(requests(30, 'GET /cart', 100), requests(30, 'GET /cart', 300));
  // The slowest 5 of each half are some 12 ms slower than its middle.
  assert.ok((groups?.placeboMs ?? 0) > 8 && (groups?.placeboMs ?? 0) < 16, `${groups?.placeboMs}`);
});

test('one trace of normal time has no placebo', () => {
  const [groups] = traceGroups(requests(1, 'GET /cart', 100), requests(5, 'GET /cart', 300));
  assert.equal([groups?.normal.length, groups?.placeboMs], [1, 0]);
});

test('failed requests are compared with those that did not fail', () => {
  const failing = requests(20, 'POST /pay', 40, { status: 'error' });
  const [groups, ...others] = traceGroups(
    [...requests(30, 'POST /pay', 100), ...requests(1, 'POST /pay', 100, { status: 'error' })],
    [...requests(20, 'POST /pay', 90), ...failing],
  );
  assert.equal([groups?.kind, groups?.slow.length, others], ['failed', 20, []]);
  assert.ok(groups?.slow.every(({ span }) => span.status === 'error'));
  assert.ok(groups?.normal.every(({ span }) => span.status !== 'error'));
});

test('where roots tell no status, what failed inside of a trace counts', () => {
  const failing = Array.from({ length: 20 }, (_, at) =>
    madeRoot(
      madeSpan({ spanId: 'root', traceId: `f${at}`, name: 'POST /pay' }),
      madeChild('a', 'root', [1, 2], { traceId: `f${at}`, status: 'error' }),
    ),
  );
  const kinds = traceGroups(requests(30, 'POST /pay', 100), failing).map(({ kind }) => kind);
  assert.equal(kinds, ['failed']);
});

test('where roots tell their status, what failed inside of a trace does not count', () => {
  const retried = Array.from({ length: 20 }, (_, at) =>
    madeRoot(
      madeSpan({ spanId: 'root', traceId: `r${at}`, name: 'POST /pay', durationMs: 90 }),
      madeChild('a', 'root', [1, 2], { traceId: `r${at}`, status: 'error' }),
    ),
  );
  const failing = requests(1, 'POST /pay', 90, { status: 'error' });
  assert.equal(traceGroups(requests(30, 'POST /pay', 100), [...retried, ...failing]), []);
});

test('one failure more is chance', () => {
  const failing = requests(1, 'POST /pay', 90, { status: 'error' });
  const groups = traceGroups(requests(30, 'POST /pay', 100), [...requests(29, 'POST /pay', 100), ...failing]);
  assert.equal(groups, []);
});

test('an operation that was not there before is compared with nothing', () => {
  assert.equal(traceGroups(requests(5, 'GET /cart', 100), requests(5, 'GET /new', 900)), []);
});

test.run();
