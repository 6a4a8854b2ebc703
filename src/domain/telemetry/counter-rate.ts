import type { Values } from './quantile.ts';
import type { Series } from './series.ts';

/**
 * The growth of a cumulative series in a second, of each bucket the mean since the last one with a value. The first has none, and one
 * below its predecessor has none either: a restart begins anew at zero, and of merged series the largest can have ended. Prometheus
 * takes the whole value for growth there, which is right for one series only; this is good for one only, too, but makes no peaks.
 * @param series of each bucket's largest value
 */
export function rateOf(series: Series): Series {
  let last: { readonly value: number; readonly at: number } | undefined;
  const values: Values = series.values.map((value, at) => {
    if (value === null) return null;
    const seconds = last ? ((at - last.at) * series.step) / 1000 : 0;
    const growth = last ? value - last.value : -1;
    last = { value, at };
    return growth < 0 ? null : growth / seconds;
  });
  return { ...series, values };
}
