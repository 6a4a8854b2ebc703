import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { median, quantile, sortedNumbers } from '../../../../src/domain/telemetry/quantile.ts';

const test = suite('quantile');

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 50,
});

test('a quantile lies among the numbers and grows with its part', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const sorted = sortedNumbers(values);
      const quantiles = [0, 0.1, 0.25, 0.5, 0.75, 0.95, 1].map((part) => quantile(sorted, part));
      assert.is(quantiles[0], Math.min(...values));
      assert.is(quantiles.at(-1), Math.max(...values));
      for (const [at, value] of quantiles.entries()) {
        assert.ok(Number.isFinite(value));
        assert.ok(at === 0 || value >= (quantiles[at - 1] as number) * (1 - Math.sign(value) * 1e-12));
      }
    }),
  );
});

for (const [values, part, expected] of [
  [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3, 4, 5], 0.5, 3],
  [[1, 2, 3, 4, 5], 0.95, 4.8],
  [[7], 0.95, 7],
  [[10, 20], 0.25, 12.5],
] as const)
  test(`the ${part} quantile of ${values} is ${expected}`, () => {
    assert.ok(Math.abs(quantile(Float64Array.from(values), part) - expected) < 1e-12);
  });

test('missing values are left out, and none have no median', () => {
  assert.equal([...sortedNumbers([3, null, 1, null, 10, 2])], [1, 2, 3, 10]);
  assert.equal([...sortedNumbers([3, null, 1, null, 10, 2], 1, 5)], [1, 10]);
  assert.is(median([5, null, 1], 0, 2), 5);
  assert.is(median([null, null]), undefined);
  assert.is(median([]), undefined);
});

test.run();
