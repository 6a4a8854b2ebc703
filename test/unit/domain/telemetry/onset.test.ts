import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { estimateMoment, onsetOf, splitOf } from '../../../../src/domain/telemetry/onset.ts';
import { quietSeries, seededRandom } from '../../../support/seeded-series.ts';

const test = suite('onset');

for (const [values, at] of [
  [[1, 1, 1, 5, 5], 3],
  [[5, 5, 1, 1, 1], 2],
  [[1, 5], 1],
  [[null, 1, null, 1, null, 5, 5], 5],
  [[1, 2, 1, 2, 9, 8, 9, 8], 4],
  [[1, 1, 1], undefined],
  [[null, 1], undefined],
  [[], undefined],
] as const)
  test(`the level of ${JSON.stringify(values)} changes at ${at}`, () => {
    assert.is(splitOf(values), at);
  });

test('the place is the same in another unit, from another zero, and upside down', () => {
  const values = fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { maxLength: 60 });
  fc.assert(
    fc.property(
      values,
      fc.constantFrom(2, 0.5, 1024, -1),
      fc.integer({ min: -9, max: 9 }),
      (all, unit, zero) => {
        const moved = all.map((value) => (value === null ? null : value * unit + zero));
        assert.is(splitOf(moved), splitOf(all));
      },
    ),
  );
});

test('the onset of a change is found to a bucket or two, before the window or in it', () => {
  const random = seededRandom(1);
  for (const late of [-3, 0, 3]) {
    const errors = Array.from({ length: 100 }, () => {
      const all = quietSeries(random, { length: 84, correlation: 0.5 });
      const changed = all.map((value, at) => (at >= 72 - late ? value + 25 : value));
      return Math.abs(onsetOf(changed, { from: 72, to: 84 }) - (72 - late));
    });
    assert.ok(errors.filter((error) => error <= 2).length >= 90, `${late}: ${errors}`);
  }
});

test('a window that is as before begins where it was said to', () => {
  assert.is(onsetOf(new Array(20).fill(1), { from: 15, to: 20 }), 15);
});

/** Two hours of five-minute buckets, with a day before and another behind. */
const WINDOW = 24;
const MOMENT = 264;
const AFTER = 300;

const incident = (random: () => number, height: number) =>
  quietSeries(random, { length: MOMENT + AFTER, correlation: 0.5, period: 60, amplitude: 4 }).map(
    (value, at) => (at >= MOMENT ? value + height : value),
  );

test('a moment that was given far too early or late is found anew', () => {
  const random = seededRandom(2);
  for (const error of [-60, -30, 60, 120]) {
    const found = Array.from({ length: 40 }, () =>
      estimateMoment(incident(random, 40), MOMENT + error, WINDOW),
    );
    const near = found.filter((at) => Math.abs(at - MOMENT) <= 2).length;
    assert.ok(near >= 30, `${near} of 40 for ${error}`);
  }
});

test('a moment that was given right is kept, and so is that of a quiet series', () => {
  const random = seededRandom(3);
  for (let run = 0; run < 40; run++) {
    assert.is(estimateMoment(incident(random, 40), MOMENT, WINDOW), MOMENT);
    assert.is(estimateMoment(incident(random, 0), MOMENT, WINDOW), MOMENT);
  }
});

test('the moment of a quiet series with lasting noise and few buckets a window hardly ever moves', () => {
  const random = seededRandom(4);
  const moved = Array.from({ length: 300 }, () =>
    estimateMoment(quietSeries(random, { length: 144, correlation: 0.9 }), 72, 3),
  ).filter((at) => at !== 72);
  assert.ok(moved.length <= 6, `${moved.length} of 300`);
});

test('a moment at an end of what is known, or of a series without values, is kept', () => {
  assert.is(estimateMoment([1, 2, 1, 2], 4, 3), 4);
  assert.is(estimateMoment([1, 2, 1, 2], 0, 3), 0);
  assert.is(estimateMoment(new Array(50).fill(null), 25, 3), 25);
});

test.run();
