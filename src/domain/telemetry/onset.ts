import { changeScore, type JudgedWindow } from './change-score.ts';
import type { Values } from './quantile.ts';
import { ratioOf, strengthOf } from './strength.ts';

/**
 * Finds the place where values change their level: A. N. Pettitt, A Non-Parametric Approach to the Change-Point Problem, Applied
 * Statistics 28, 1979. Only the place is taken: its p-values are for independent values and call most periodic series changed, so
 * there are none here. Equal values share their mean rank. It takes n log n steps.
 * @returns the index of the first value behind it; undefined where fewer than two values are there, or all are equal
 */
export function splitOf(values: Values): number | undefined {
  const present = [...values.keys()].filter((at) => values[at] !== null);
  const ranks = meanRanks(present.map((at) => values[at] as number));
  let sum = 0;
  let farthest = 0;
  let place: number | undefined;
  for (const [at, rank] of ranks.entries()) {
    const distance = Math.abs(2 * sum - at * (ranks.length + 1));
    if (distance > farthest) {
      farthest = distance;
      place = at;
    }
    sum += rank;
  }
  return place === undefined ? undefined : present[place];
}

function meanRanks(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from] as number];
    while (to < order.length && values[order[to] as number] === value) to += 1;
    for (let at = from; at < to; at++) ranks[order[at] as number] = (from + 1 + to) / 2;
  }
  return ranks;
}

/** Buckets before a window in which its change can have begun, if the window has fewer. */
const LEAST_REACH = 6;

/** The bucket in which the change of a window began: within it, or as long before it. */
export function onsetOf(values: Values, { from, to }: JudgedWindow): number {
  const start = Math.max(0, from - Math.max(to - from, LEAST_REACH));
  const split = splitOf(values.slice(start, to));
  return split === undefined ? from : start + split;
}

/** A moment that was given is kept unless another one stands out so many times as much, and by such a ratio: the best of many does. */
const HINT_WEIGHT = 1.5;
const LEAST_RATIO_TO_MOVE = 3;

/**
 * Estimates the bucket in which an incident began from the series that alerted; the given one is a hint. Ever wider parts of the
 * series around it are split, and the split from which on a window differs most from all before counts.
 * @param values all that is known, from the beginning of normal time to now
 * @param length buckets of a window
 */
export function estimateMoment(values: Values, hint: number, length: number): number {
  const ratioAt = (at: number) => {
    const to = Math.min(at + length, values.length);
    const change = changeScore(values.slice(0, to), { from: at, to });
    return change && strengthOf(change) === 'confirmed' ? ratioOf(change) : 0;
  };
  let moment = hint;
  let largest = Math.max(ratioAt(hint) * HINT_WEIGHT, LEAST_RATIO_TO_MOVE);
  for (let reach = length, isAll = false; !isAll; reach *= 2) {
    const start = Math.max(0, hint - reach);
    const part = values.slice(start, hint + length + reach);
    isAll = start === 0 && hint + length + reach >= values.length;
    const split = splitOf(part);
    const ratio = split === undefined ? 0 : ratioAt(start + split);
    if (split === undefined || ratio <= largest) continue;
    largest = ratio;
    moment = start + split;
  }
  return moment;
}
