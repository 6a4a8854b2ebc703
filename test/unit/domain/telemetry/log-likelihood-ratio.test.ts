import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logLikelihoodRatio } from '../../../../src/domain/telemetry/log-likelihood-ratio.ts';

const test = suite('log-likelihood ratio');

const anyShare = fc
  .tuple(fc.nat(1000), fc.nat(1000))
  .map(([count, others]) => ({ count, of: count + others }));

test('the ratio is that of "the swiss" in the paper', () => {
  const ratio = logLikelihoodRatio({ count: 110, of: 110 + 2442 }, { count: 111, of: 111 + 29_114 });
  assert.is(ratio.toFixed(2), '270.72');
});

test('the ratio is the same in either order, at least 0, and 0 for equal shares', () => {
  fc.assert(
    fc.property(anyShare, anyShare, fc.integer({ min: 1, max: 9 }), (a, b, times) => {
      const ratio = logLikelihoodRatio(a, b);
      assert.ok(ratio >= 0);
      assert.ok(Math.abs(ratio - logLikelihoodRatio(b, a)) < 1e-9);
      const same = logLikelihoodRatio(a, { count: times * a.count, of: times * a.of });
      assert.ok(same < 1e-9, `${same} for the same share`);
    }),
  );
});

test('more of the same is more surprising', () => {
  fc.assert(
    fc.property(anyShare, anyShare, fc.integer({ min: 2, max: 9 }), (a, b, times) => {
      const more = ({ count, of }: typeof a) => ({ count: times * count, of: times * of });
      const ratio = logLikelihoodRatio(more(a), more(b));
      assert.ok(Math.abs(ratio - times * logLikelihoodRatio(a, b)) <= 1e-9 * (1 + ratio));
    }),
  );
});

test('a share of nothing surprises nobody', () => {
  assert.is(logLikelihoodRatio({ count: 0, of: 0 }, { count: 5, of: 5 }), 0);
});

test.run();
