import { bucketCount } from './buckets.ts';
import { sortedNumbers, type Values } from './quantile.ts';
import type { TimeRange } from './time-range.ts';

/** Numbers over time, a bucket each. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Beginning of the first bucket, milliseconds since 1970. */
  readonly start: number;
  /** Width of a bucket, milliseconds. */
  readonly step: number;
  readonly values: Values;
}

export interface Sample {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/** The way in which several values become one. */
export type Merge = 'mean' | 'sum' | 'min' | 'max' | 'last';

export interface Alignment {
  /** In whole buckets. */
  readonly range: TimeRange;
  readonly step: number;
  readonly labels?: Series['labels'];
  /** The value of a bucket without samples: missing, but of counts zero. */
  readonly missing?: null | 0;
  /** For several samples of one bucket. */
  readonly merge?: Merge;
}

/** The series of samples in any order. Those outside of the range count for nothing, and neither do values that are not finite. */
export function alignSamples(
  samples: Iterable<Sample>,
  { range, step, labels = {}, missing = null, merge = 'last' }: Alignment,
): Series {
  const buckets: (Sample[] | undefined)[] = new Array(bucketCount(range, step));
  for (const sample of samples) {
    const at = Math.floor((sample.time - range.from) / step);
    if (!(at >= 0 && at < buckets.length && Number.isFinite(sample.value))) continue;
    const bucket = buckets[at];
    if (bucket) bucket.push(sample);
    else buckets[at] = [sample];
  }
  const values = Array.from(buckets, (bucket) => {
    if (bucket === undefined) return missing;
    if (bucket.length > 1) bucket.sort((a, b) => a.time - b.time);
    return mergeValues(
      bucket.map(({ value }) => value),
      merge,
    );
  });
  return { labels, start: range.from, step, values };
}

/** A series of at most so many buckets: neighbours become one, which is missing where all of them are. The last can be shorter. */
export function downsample(series: Series, most: number, merge: Merge): Series {
  const { values, step } = series;
  const width = Math.max(1, Math.ceil(values.length / most));
  if (width === 1) return series;
  const merged = Array.from({ length: Math.ceil(values.length / width) }, (_, at) => {
    const present = values.slice(at * width, (at + 1) * width).filter((value) => value !== null);
    return present.length > 0 ? mergeValues(present, merge) : null;
  });
  return { ...series, step: step * width, values: merged };
}

function mergeValues(values: readonly number[], merge: Merge): number {
  if (merge === 'last') return values.at(-1) as number;
  if (merge === 'min') return values.reduce((least, value) => Math.min(least, value));
  if (merge === 'max') return values.reduce((largest, value) => Math.max(largest, value));
  const sum = values.reduce((total, value) => total + value, 0);
  return merge === 'sum' ? sum : sum / values.length;
}

/** Buckets' values to three digits of what they range over: with a start and a step they are a tenth of rows. */
export function roundValues(values: Values): Values {
  const sorted = sortedNumbers(values);
  const spread = sorted.length > 0 ? (sorted.at(-1) as number) - (sorted[0] as number) : 0;
  return values.map((value) => (value === null ? null : roundTo(value, spread)));
}

/** A number to three digits of a spread, or to six of itself where that is none. */
function roundTo(value: number, spread = 0): number {
  const size = spread > 0 ? Math.min(spread, Number.MAX_VALUE) : Math.abs(value) / 1000;
  if (size === 0) return 0;
  const place = Math.floor(Math.log10(size)) - 2;
  const digits = Math.floor(Math.log10(Math.abs(value) || size)) - place + 1;
  return digits < 1 ? 0 : Number(value.toPrecision(Math.min(digits, 15)));
}
