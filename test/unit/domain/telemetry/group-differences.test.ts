import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { groupDifferences } from '../../../../src/domain/telemetry/group-differences.ts';
import { spanTree } from '../../../../src/domain/telemetry/span-tree.ts';
import { anyTrace, madeChild, madeRoot, madeSpan } from '../../../support/made-spans.ts';

const test = suite('group differences');

/** A request that waits so long for the service `stock`, of which only 5 ms show there. */
const request = (waitMs: number) =>
  madeRoot(
    madeSpan({ spanId: 'root', name: 'GET /cart', durationMs: 20 + waitMs }),
    madeChild('call', 'root', [10, 10 + waitMs], { kind: 'client', name: 'ask stock' }),
    madeChild('serve', 'call', [10, 15], { kind: 'server', service: 'stock', name: 'items' }),
  );

test('the slowdown is found where it is, in milliseconds and as a share', () => {
  const { slowMs, normalMs, times } = groupDifferences(
    [request(310), request(290)],
    [request(95), request(105)],
  );
  assert.equal([slowMs, normalMs], [320, 120]);
  assert.equal(times, [
    { service: 'stock', name: 'items', slowMs: 300, normalMs: 100, differenceMs: 200, share: 1 },
    { service: 'web', name: 'GET /cart', slowMs: 20, normalMs: 20, differenceMs: 0, share: 0 },
  ]);
});

test('traces that are not slower have no shares', () => {
  const { times } = groupDifferences([request(10)], [request(100)]);
  assert.ok(times.every(({ share }) => share === undefined));
});

test('the differences sum to the slowdown, whatever the traces', () => {
  const anyGroup = fc
    .array(anyTrace, { minLength: 1, maxLength: 5 })
    .map((traces) => traces.flatMap((spans) => spanTree(spans).roots));
  fc.assert(
    fc.property(anyGroup, anyGroup, (slow, normal) => {
      const { slowMs, normalMs, times } = groupDifferences(slow, normal);
      const sum = times.reduce((total, { differenceMs }) => total + differenceMs, 0);
      assert.ok(Math.abs(sum - (slowMs - normalMs)) < 1e-6, `${sum} instead of ${slowMs - normalMs}`);
    }),
  );
});

test('without traces there are no differences', () => {
  assert.equal(groupDifferences([], []), { slowMs: 0, normalMs: 0, times: [] });
});

test.run();
