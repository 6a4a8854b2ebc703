import { findLogPatterns } from './log-patterns.ts';
import type { LogRecord } from './log-record.ts';

/** A log pattern, with what its lines have in common. */
export interface PatternSummary {
  /** With `<*>` for what varies. */
  readonly pattern: string;
  readonly count: number;
  /** The most frequent one. */
  readonly severity: string;
  /** Those with most lines first. */
  readonly services: readonly string[];
  /** Milliseconds since 1970. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** The last line of them, one with a trace if there is one. */
  readonly sample: LogRecord;
}

export interface PatternSummaries {
  /** Most lines first. */
  readonly patterns: readonly PatternSummary[];
  /** Lines of no pattern: there were too many different ones. */
  readonly ungrouped: number;
}

/** Groups log lines by their patterns, in any order. */
export function summarizePatterns(records: readonly LogRecord[]): PatternSummaries {
  const { patterns, patternOf } = findLogPatterns(records.map(({ body }) => body));
  const groups = Map.groupBy(records.keys(), (at) => patternOf[at] as number);
  return {
    patterns: patterns.map(({ text, count }, index) => ({
      pattern: text,
      count,
      ...summaryOf((groups.get(index) ?? []).map((at) => records[at] as LogRecord)),
    })),
    ungrouped: groups.get(-1)?.length ?? 0,
  };
}

function summaryOf(records: readonly LogRecord[]): Omit<PatternSummary, 'pattern' | 'count'> {
  const sorted = records.toSorted((a, b) => a.timeMs - b.timeMs);
  const last = sorted.at(-1) as LogRecord;
  return {
    severity: byFrequency(records.map(({ severity }) => severity))[0] as string,
    services: byFrequency(records.map(({ service }) => service)),
    firstMs: (sorted[0] as LogRecord).timeMs,
    lastMs: last.timeMs,
    sample: sorted.findLast(({ traceId }) => traceId) ?? last,
  };
}

const byFrequency = (values: readonly string[]) =>
  [...Map.groupBy(values, (value) => value)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([value]) => value);
