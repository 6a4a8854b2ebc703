import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { criticalPath } from '../../../../src/domain/telemetry/critical-path.ts';
import { type FoldedTree, foldTree } from '../../../../src/domain/telemetry/folded-tree.ts';
import type { Span } from '../../../../src/domain/telemetry/span.ts';
import { type SpanNode, spanTree, withDescendants } from '../../../../src/domain/telemetry/span-tree.ts';
import { anyTrace, madeChild, madeSpan } from '../../../support/made-spans.ts';

const test = suite('folded tree');

function folded(spans: readonly Span[], most = 60): FoldedTree {
  const { roots } = spanTree(spans);
  return foldTree(roots, { most, path: criticalPath(roots[0] as SpanNode) });
}

const textOf = ({ rows }: FoldedTree) =>
  rows.map(
    ({ depth, name, count, totalMs, slowestMs, errors, isCritical, dropped }) =>
      `${'  '.repeat(depth)}${name} ${count} ${totalMs}/${slowestMs} ms${errors > 0 ? ` ${errors} failed` : ''}` +
      `${isCritical ? ' *' : ''}${dropped.spans > 0 ? ` -${dropped.spans}` : ''}${dropped.errors > 0 ? `!${dropped.errors}` : ''}`,
  );

const queries = (count: number, parent: string, from: number, rest: Partial<Span> = {}) =>
  Array.from({ length: count }, (_, at) =>
    madeChild(`${parent}${from}${at}`, parent, [from + at, from + at + 1], { name: 'SELECT', ...rest }),
  );

test('siblings of one name become a row, and so does what is below them', () => {
  const tree = folded([
    madeSpan({ spanId: 'root' }),
    madeChild('a', 'root', [10, 30], { name: 'load' }),
    madeChild('b', 'root', [30, 40], { name: 'load' }),
    ...queries(3, 'a', 10),
    ...queries(2, 'b', 30),
    madeChild('c', 'root', [50, 60], { name: 'save' }),
  ]);
  assert.equal(textOf(tree), [
    'root 1 100/100 ms *',
    '  load 2 30/20 ms *',
    '    SELECT 5 5/1 ms *',
    '  save 1 10/10 ms *',
  ]);
});

test('siblings of two services stay apart', () => {
  const tree = folded([
    madeSpan({ spanId: 'root' }),
    madeChild('a', 'root', [10, 30], { name: 'load' }),
    madeChild('b', 'root', [30, 40], { name: 'load', service: 'cart' }),
  ]);
  assert.is(tree.rows.length, 3);
});

test('the least time is dropped first, errors and the critical path last, and all is counted', () => {
  const spans = [
    madeSpan({ spanId: 'root' }),
    madeChild('slow', 'root', [0, 80]),
    madeChild('short', 'root', [0, 5]),
    madeChild('shorter', 'root', [0, 2]),
    madeChild('below', 'shorter', [0, 1]),
    madeChild('quick', 'root', [1, 2], { status: 'error' }),
  ];
  assert.equal(textOf(folded(spans, 4)), [
    'root 1 100/100 ms * -2',
    '  slow 1 80/80 ms *',
    '  short 1 5/5 ms',
    '  quick 1 1/1 ms 1 failed',
  ]);
  assert.equal(textOf(folded(spans, 2)), ['root 1 100/100 ms * -4!1', '  slow 1 80/80 ms *']);
});

test('what leads to an error is kept', () => {
  const spans = [
    madeSpan({ spanId: 'root' }),
    madeChild('slow', 'root', [0, 100]),
    madeChild('long', 'root', [0, 90]),
    madeChild('quick', 'root', [1, 2]),
    madeChild('failed', 'quick', [1, 2], { status: 'error' }),
  ];
  assert.equal(
    folded(spans, 4).rows.map(({ name }) => name),
    ['root', 'slow', 'quick', 'failed'],
  );
});

test('the example of a row is the slowest that failed, else the slowest', () => {
  const { rows } = folded([
    madeSpan({ spanId: 'root' }),
    madeChild('a', 'root', [0, 10], { name: 'load' }),
    madeChild('b', 'root', [0, 20], { name: 'load' }),
    madeChild('c', 'root', [0, 5], { name: 'save', status: 'error' }),
    madeChild('d', 'root', [0, 20], { name: 'save' }),
  ]);
  assert.equal(
    rows.map(({ example }) => example.spanId),
    ['root', 'b', 'c'],
  );
});

test('folding loses no span and no error, keeps its bound, and drops no error while there is another row', () => {
  fc.assert(
    fc.property(anyTrace, fc.integer({ min: 1, max: 30 }), (spans, most) => {
      const tree = folded(spans, most);
      const all = spanTree(spans).roots.flatMap(withDescendants);
      const failed = all.filter(({ span }) => span.status === 'error').length;
      assert.ok(tree.rows.length <= most);
      const shown = tree.rows.reduce((sum, { count }) => sum + count, 0);
      const shownErrors = tree.rows.reduce((sum, { errors }) => sum + errors, 0);
      assert.equal([shown + tree.dropped.spans, shownErrors + tree.dropped.errors], [all.length, failed]);
      for (const [at, { depth }] of tree.rows.entries()) {
        const above = tree.rows.slice(0, at).findLast((row) => row.depth < depth);
        assert.is(above?.depth ?? -1, depth - 1, 'its parent is above it');
      }
      if (tree.dropped.errors === 0) return;
      const needless = tree.rows.filter(
        ({ errors, isCritical }, at) =>
          errors === 0 && !isCritical && (tree.rows[at + 1]?.depth ?? 0) <= (tree.rows[at]?.depth ?? 0),
      );
      const dropping = needless.filter(({ dropped }) => dropped.errors === 0);
      assert.equal(dropping, []);
    }),
    { numRuns: 500 },
  );
});

test('a trace of 3,000 spans is folded', () => {
  const spans = [
    madeSpan({ spanId: 'root', durationMs: 5000 }),
    ...Array.from({ length: 30 }, (_, at) => madeChild(`c${at}`, 'root', [at * 100, at * 100 + 99])),
    ...Array.from({ length: 30 }, (_, at) => queries(99, `c${at}`, at * 100)).flat(),
  ];
  const tree = folded(spans, 20);
  assert.is(tree.rows.length, 20);
  assert.is(tree.dropped.spans + tree.rows.reduce((sum, { count }) => sum + count, 0), 3001);
});

test.run();
