/** Random numbers from 0 to below 1 that are the same for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number around 0 that is normal enough, with a deviation of 1. */
const gaussian = (random: () => number): number =>
  Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);

export interface SeriesShape {
  readonly length: number;
  readonly level?: number;
  readonly noise?: number;
  /** Correlation of a value's noise with the one before, from 0 to below 1. */
  readonly correlation?: number;
  /** Buckets of a period; by default there is none. */
  readonly period?: number;
  readonly amplitude?: number;
}

/** A series that nothing happens to, as metrics are: around a level, with noise that lasts, and a rhythm. */
export function quietSeries(
  random: () => number,
  { length, level = 100, noise = 4, correlation = 0, period = 0, amplitude = 8 }: SeriesShape,
): number[] {
  const phase = random() * 2 * Math.PI;
  let drift = gaussian(random);
  return Array.from({ length }, (_, at) => {
    drift = correlation * drift + Math.sqrt(1 - correlation ** 2) * gaussian(random);
    const rhythm = period > 0 ? amplitude * Math.sin((2 * Math.PI * at) / period + phase) : 0;
    return level + rhythm + noise * drift;
  });
}
