import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rateOf } from '../../../../src/domain/telemetry/counter-rate.ts';

const test = suite('counter rate');

const rate = (values: readonly (number | null)[], step = 60_000) =>
  rateOf({ labels: {}, start: 0, step, values }).values;

for (const [what, values, rates] of [
  ['grows', [0, 60, 180], [null, 1, 2]],
  ['stands', [60, 60], [null, 0]],
  ['begins anew', [600, 660, 30, 90], [null, 1, null, 1]],
  ['has a gap, whose mean counts where it ends', [0, null, null, 180], [null, null, null, 1]],
  ['has a gap over a new beginning', [600, null, 30, 90], [null, null, null, 1]],
  ['begins late', [null, 60, 120], [null, null, 1]],
  ['is empty', [], []],
] as const)
  test(`a counter that ${what}`, () => {
    assert.equal(rate(values), rates);
  });

test('a rate is in seconds, whatever a bucket is', () => {
  assert.equal(rate([0, 600], 300_000), [null, 2]);
});

test('no rate is below 0, and without new beginnings they add up to the growth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1 }), (growth) => {
      let total = 0;
      const values = growth.map((more) => {
        total += more;
        return total;
      });
      const rates = rate(values);
      const sum = rates.reduce<number>((all, one) => all + (one ?? 0) * 60, 0);
      assert.ok(Math.abs(sum - (total - (growth[0] as number))) < 1e-6);
      for (const one of rate(growth)) assert.ok(one === null || one >= 0);
    }),
  );
});

test.run();
