import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { UuidV7Generator } from '../../../../src/infrastructure/identity/uuid-v7-generator.ts';

const test = suite('uuid-v7-generator');

const real = { now: Date.now, random: Math.random };
test.after.each(() => {
  Date.now = real.now;
  Math.random = real.random;
});

/** An id that was made at this time, with chance at this end of what it can be. */
function made(now: number, random: number): string {
  Date.now = () => now;
  Math.random = () => random;
  return new UuidV7Generator().next();
}

/** RFC 9562, appendix A.6, but for the random bits. */
const EXAMPLE = Date.UTC(2022, 1, 22, 19, 22, 22);

for (const [what, now, random, id] of [
  ['the example of RFC 9562, all random bits 0', EXAMPLE, 0, '017f22e2-79b0-7000-8000-000000000000'],
  ['the same, all random bits 1', EXAMPLE, 1 - 2 ** -53, '017f22e2-79b0-7fff-bfff-ffffffffffff'],
  ['the first one', 0, 0, '00000000-0000-7000-8000-000000000000'],
  ['the last one', 2 ** 48 - 1, 0, 'ffffffff-ffff-7000-8000-000000000000'],
] as const) {
  test(`the generator makes ${what}`, () => {
    assert.is(made(now, random), id);
  });
}

test('later ones sort behind earlier ones, whatever chance says', () => {
  const times = [0, 1, 255, 256, EXAMPLE, EXAMPLE + 1, EXAMPLE + 65_536, 2 ** 47];
  const ids = times.flatMap((now) => [made(now, 0), made(now, 1 - 2 ** -53)]);
  assert.equal(ids.toSorted(), ids);
});

test.run();
