import type { ChangeScore } from './change-score.ts';

export type Strength = 'confirmed' | 'weak';

/** A change counts from so many scales on, and from so many times the largest placebo. */
export const LEAST_SCORE = 2;
export const LEAST_RATIO = 2;

/** Fewer placebo windows are too little normal time. */
export const LEAST_PLACEBOS = 20;

/** One in so many placebo windows may have a series in it that passes for changed. */
const PASSING = 20;

/** The number by which changes of all kinds are compared: the score in placebos, where these are at least one scale. */
export const ratioOf = ({ score, placebo }: Pick<ChangeScore, 'score' | 'placebo'>): number =>
  score / Math.max(placebo, 1);

/** True if normal time has enough placebo windows to confirm a change. */
const hasEnoughPlacebos = ({ placebos }: Pick<ChangeScore, 'placebos'>): boolean =>
  placebos.reduce<number>((count, score) => count + (score === null ? 0 : 1), 0) >= LEAST_PLACEBOS;

/**
 * Decides whether a change counts. Confirmed: it is at least two scales, and as many times the largest placebo as the bar says, of
 * enough placebos. Weak: it is larger than every placebo, but one of the others is missing.
 * @param bar of all changes that are judged together
 */
export function strengthOf(change: ChangeScore, bar = LEAST_RATIO): Strength | undefined {
  const ratio = ratioOf(change);
  if (change.score < LEAST_SCORE || ratio <= 1) return undefined;
  return ratio >= bar && hasEnoughPlacebos(change) ? 'confirmed' : 'weak';
}

/**
 * The ratio from which on a change is confirmed, where many series are judged together: at least twice the placebo. Of hundreds of
 * series, one or another passes by chance: a quarter of quiet moments had such a one among 300. So each placebo window is judged as
 * though it were the window, and the bar is so high that in one of twenty at most a series passes. The series have the same windows.
 */
export function barOf(changes: Iterable<ChangeScore>): number {
  const largest: number[] = [];
  for (const change of changes) {
    if (!hasEnoughPlacebos(change)) continue;
    largest.length = Math.max(largest.length, change.placebos.length);
    if (change.placebo < LEAST_SCORE) continue; // most are: none of its windows passes
    for (const [at, ratio] of placeboRatios(change).entries())
      largest[at] = Math.max(largest[at] ?? 0, ratio);
  }
  const rank = Math.max(1, Math.floor((largest.length + 1) / PASSING));
  return Math.max(LEAST_RATIO, largest.sort((a, b) => b - a)[rank - 1] ?? 0);
}

/** The ratio of each placebo window to the largest of those that don't overlap with it; 0 for one below two scales. */
function placeboRatios({ placebos }: ChangeScore): readonly number[] {
  const before = runningMaxima(placebos);
  const behind = runningMaxima(placebos.toReversed()).reverse();
  return placebos.map((score, at) => {
    if (score === null || score < LEAST_SCORE) return 0;
    return ratioOf({ score, placebo: Math.max(before[at - 3] ?? 0, behind[at + 3] ?? 0) });
  });
}

function runningMaxima(scores: readonly (number | null)[]): number[] {
  let largest = 0;
  return scores.map((score) => {
    largest = Math.max(largest, score ?? 0);
    return largest;
  });
}
