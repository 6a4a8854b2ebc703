import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { interleavedHalves } from '../../../../src/domain/telemetry/halves.ts';

const test = suite('interleaved halves');

test('keys go to the halves in turn, with all that they have', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-f]$/)), (items) => {
      const [one, other] = interleavedHalves(items, (item) => item);
      const keys = [...new Set(items)];
      const of = (half: number) => items.filter((item) => keys.indexOf(item) % 2 === half);
      assert.equal([one, other], [of(0), of(1)]);
    }),
  );
});

test.run();
