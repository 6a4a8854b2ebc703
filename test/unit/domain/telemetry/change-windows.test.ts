import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeboStarts } from '../../../../src/domain/telemetry/change-score.ts';
import { changeWindows } from '../../../../src/domain/telemetry/change-windows.ts';

const test = suite('change windows');

const MINUTE = 60_000;
const moment = Date.UTC(2026, 0, 31, 14, 2, 30);
const later = moment + 24 * 60 * MINUTE;

for (const [after, before, now, step, buckets, length, isEnough] of [
  [30, undefined, later, 5, 72, 6, true],
  [3, undefined, later, 1, 72, 3, true],
  [14, undefined, later, 1, 154, 14, true],
  [15, 360, later, 5, 72, 3, true],
  [120, undefined, later, 5, 264, 24, true],
  [30, 60, later, 5, 12, 6, false],
  [3, 72, later, 1, 72, 3, true],
  [30, undefined, moment + 12 * MINUTE, 5, 72, 2, true], // two whole buckets are over
  [30, undefined, moment + 1, 5, 72, 1, true], // none is: the last whole one
] as const)
  test(`${after} minutes after, ${before ?? 'as many as it takes'} before`, () => {
    const windows = changeWindows({
      moment,
      after: after * MINUTE,
      before: before && before * MINUTE,
      now,
    });
    const { normal, window } = windows;
    assert.equal(
      [
        windows.step,
        (normal.to - normal.from) / windows.step,
        (window.to - window.from) / windows.step,
        windows.isEnough,
      ],
      [step * MINUTE, buckets, length, isEnough],
    );
  });

test('whole buckets follow each other, the one that holds now is in none, and the defaults are enough', () => {
  const minutes = fc.integer({ min: 1, max: 600 });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 900 * MINUTE }), (after, since) => {
      const now = moment + since;
      const { step, normal, window, isEnough } = changeWindows({ moment, after: after * MINUTE, now });
      assert.is(normal.to, window.from);
      for (const time of [normal.from, window.from, window.to]) assert.is(time % step, 0);
      assert.ok(window.to <= now && window.to > window.from);
      assert.ok(window.to - window.from <= Math.ceil((after * MINUTE) / step) * step);
      const placebos = placeboStarts((normal.to - normal.from) / step, (window.to - window.from) / step);
      assert.ok(isEnough && placebos.length >= 20);
    }),
  );
});

test.run();
