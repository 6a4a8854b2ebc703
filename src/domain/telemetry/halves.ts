/**
 * Halves what normal time left, for a placebo: traces go to one half and the other in turn, in the order of their times, so that both
 * halves have the same times of day, load and mixture. What belongs together by its key stays together.
 */
export function interleavedHalves<T>(items: readonly T[], keyOf: (item: T) => string): readonly [T[], T[]] {
  const halves: [T[], T[]] = [[], []];
  const halfOf = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    let half = halfOf.get(key);
    if (half === undefined) {
      half = halves[halfOf.size % 2 === 0 ? 0 : 1];
      halfOf.set(key, half);
    }
    half.push(item);
  }
  return halves;
}
