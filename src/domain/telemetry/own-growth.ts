import type { ChangeScore } from './change-score.ts';
import { median, type Values } from './quantile.ts';
import type { Amounts } from './service-load.ts';
import { ratioOf, strengthOf } from './strength.ts';

/** A change as far as it is growth. */
export interface Growth {
  readonly change: ChangeScore;
  /** Above 0, in the unit of the amounts. */
  readonly amount: number;
}

/** All that is known about the amounts of services that call each other. */
export interface JudgedAmounts {
  readonly amounts: Amounts;
  readonly callees: ReadonlyMap<string, readonly string[]>;
  readonly changes: ReadonlyMap<string, ChangeScore | undefined>;
  /** Buckets of normal time. */
  readonly normal: number;
  judge(values: Values): ChangeScore | undefined;
}

export const growthOf = (change: ChangeScore | undefined): number =>
  change ? change.window - change.normal : 0;

/** A change as growth; undefined for one that is none. */
const asGrowth = (change: ChangeScore | undefined): Growth | undefined =>
  change && growthOf(change) > 0 ? { change, amount: growthOf(change) } : undefined;

/** No more growth than so much, and a score to match; undefined where none is left. */
export function cappedGrowth({ change, amount }: Growth, most: number): Growth | undefined {
  const kept = Math.min(amount, most);
  return kept > 0
    ? { amount: kept, change: { ...change, score: (change.score * kept) / amount } }
    : undefined;
}

/**
 * Measures the growth of each service that is its own in two ways, and takes the clearer one: by its amounts less its callees', bucket
 * by bucket, which is steady where it does little but wait; and by its amount's growth less that of the callees that clearly grew, which
 * is steady where the callees' amounts are large and noisy.
 */
export function ownGrowths(judged: JudgedAmounts): ReadonlyMap<string, Growth> {
  const { amounts, changes } = judged;
  const byBuckets = new Map(
    [...amounts.keys()].map((service) => [service, growthByBuckets(service, judged)]),
  );
  const clearGrowth = (service: string) =>
    Math.max(
      0,
      ...[changes.get(service), byBuckets.get(service)?.change].map((change) =>
        change && strengthOf(change) ? growthOf(change) : 0,
      ),
    );
  const own = new Map<string, Growth>();
  for (const service of amounts.keys()) {
    const called = partsOf(service, judged).reduce(
      (sum, { callee, part }) => sum + part * clearGrowth(callee),
      0,
    );
    const whole = asGrowth(changes.get(service));
    const byGrowth = whole && cappedGrowth(whole, whole.amount - called);
    const clearer = clearerOf(byBuckets.get(service), byGrowth);
    if (clearer) own.set(service, clearer);
  }
  return own;
}

function growthByBuckets(service: string, judged: JudgedAmounts): Growth | undefined {
  const { amounts, judge } = judged;
  const parts = partsOf(service, judged);
  const less = amounts.get(service)?.map((value, at) => {
    if (value === null) return null;
    return parts.reduce((left, { callee, part }) => left - part * (amounts.get(callee)?.[at] ?? 0), value);
  });
  return asGrowth(less && judge(less));
}

function clearerOf(a: Growth | undefined, b: Growth | undefined): Growth | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return ratioOf(b.change) > ratioOf(a.change) ? b : a;
}

/** The part of each callee's amount that the caller can have waited for: no longer than it takes itself. */
function partsOf(service: string, { amounts, callees, normal }: JudgedAmounts) {
  const usual = (name: string) => median(amounts.get(name) as Values, 0, normal) ?? 0;
  const own = usual(service);
  return (callees.get(service) ?? []).map((callee) => {
    const theirs = usual(callee);
    return { callee, part: theirs > own ? own / theirs : 1 };
  });
}
