/** Values in the order of their buckets; null is missing. */
export type Values = readonly (number | null)[];

/** The numbers among the values from one index to before another, from the smallest. */
export function sortedNumbers(values: Values, from = 0, to = values.length): Float64Array {
  const numbers = new Float64Array(to - from);
  let count = 0;
  for (let at = from; at < to; at++) {
    const value = values[at] ?? null;
    if (value !== null) numbers[count++] = value;
  }
  return (count === numbers.length ? numbers : numbers.subarray(0, count)).sort();
}

/**
 * The value that so large a part of the numbers don't exceed, between two of them in proportion, as NumPy and Prometheus have it
 * (definition 7 of Hyndman and Fan, The American Statistician 50, 1996).
 * @param sorted at least one, from the smallest @param part from 0 to 1
 */
export function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  // Below and a part of the distance would be infinite for numbers at both ends of what there is.
  return below === above ? below : below * (1 - (place % 1)) + above * (place % 1);
}

/** The middle one of the numbers; undefined where there are none. */
export function median(values: Values, from = 0, to = values.length): number | undefined {
  const sorted = sortedNumbers(values, from, to);
  return sorted.length > 0 ? quantile(sorted, 0.5) : undefined;
}
