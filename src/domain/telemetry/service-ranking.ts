import type { Strength } from './strength.ts';

/** A change of a service in metrics, logs, traces or calls, on the one scale of all of them. */
export interface Signal {
  readonly service: string;
  /** Its name in the answer. */
  readonly name: string;
  /** The score in placebos of its part. */
  readonly ratio: number;
  readonly strength: Strength;
  /** Milliseconds since 1970. */
  readonly onset?: number | undefined;
  /**
   * True if calls hand it on, as latencies, errors and requests: where contributions say whose it is, it is told with its service but
   * doesn't rank it.
   */
  readonly isHandedOn?: boolean;
}

export interface RankedService {
  readonly service: string;
  /** The largest ratio of its signals. */
  readonly score: number;
  /** Confirmed if one of its signals is. */
  readonly strength: Strength;
  /** The earliest of the signals that are as strong as that. */
  readonly onset?: number;
  /** The strongest first. */
  readonly signals: readonly string[];
}

/** Puts all signals together: services by their largest, of equal ones by the next, then by the earlier onset. */
export function rankServices(signals: Iterable<Signal>): readonly RankedService[] {
  const byService = new Map<string, Signal[]>();
  for (const signal of signals) {
    const those = byService.get(signal.service);
    if (those) those.push(signal);
    else byService.set(signal.service, [signal]);
  }
  return [...byService.values()]
    .flatMap((those) => {
      those.sort((a, b) => b.ratio - a.ratio || compareNames(a.name, b.name));
      const ranking = those.filter(({ isHandedOn }) => !isHandedOn);
      return ranking.length > 0
        ? [{ ranked: rankedOf(those, ranking), ratios: ranking.map(({ ratio }) => ratio) }]
        : [];
    })
    .sort((a, b) => compareRatios(a.ratios, b.ratios) || compareServices(a.ranked, b.ranked))
    .map(({ ranked }) => ranked);
}

function rankedOf(all: readonly Signal[], ranking: readonly Signal[]): RankedService {
  const strength = ranking.some((signal) => signal.strength === 'confirmed') ? 'confirmed' : 'weak';
  const onsets = ranking.flatMap((signal) => (signal.strength === strength ? (signal.onset ?? []) : []));
  return {
    service: (ranking[0] as Signal).service,
    score: (ranking[0] as Signal).ratio,
    strength,
    ...(onsets.length > 0 && { onset: Math.min(...onsets) }),
    signals: all.map(({ name }) => name),
  };
}

function compareRatios(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((ratio, index) => ratio !== b[index]);
  if (at === -1) return b.length - a.length;
  return (b[at] ?? 0) - (a[at] ?? 0);
}

function compareServices(a: RankedService, b: RankedService): number {
  if (a.strength !== b.strength) return a.strength === 'confirmed' ? -1 : 1;
  const [first, second] = [a.onset ?? Number.POSITIVE_INFINITY, b.onset ?? Number.POSITIVE_INFINITY];
  return first === second ? compareNames(a.service, b.service) : first - second;
}

const compareNames = (a: string, b: string) => (a < b ? -1 : Number(a > b));
