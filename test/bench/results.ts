import type { Measure, Sample } from './measure.ts';
import { median, quantile } from './statistics.ts';

/** All samples of a run: by measure id, then by server name. */
export type Results = Map<string, Map<string, Sample[]>>;

type Column = Measure['columns'][number];

/** One figure of many samples; undefined where no right answer gave one. */
export function summarize(samples: readonly Sample[] | undefined, column: Column): number | undefined {
  const values = (samples ?? []).flatMap(({ figures }) => figures[column.key] ?? []);
  if (values.length === 0) return undefined;
  if (column.pick === 'min') return Math.min(...values);
  return column.pick === 'p95' ? quantile(values, 0.95) : median(values);
}

/** Faults of a server in these samples, each once. */
export function faultsOf(samples: readonly Sample[]): string[] {
  return [...new Set(samples.flatMap(({ wrong }) => wrong))];
}
