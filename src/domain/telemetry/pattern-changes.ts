import { interleavedHalves } from './halves.ts';
import { findLogPatterns, type LogPattern } from './log-patterns.ts';
import type { LogRecord } from './log-record.ts';
import { type Occurrence, type ShareChange, shareChanges } from './share-changes.ts';

/** A pattern whose part in the log of its service changed. */
export interface PatternChange extends Omit<ShareChange<Occurrence>, 'sample'> {
  readonly service: string;
  readonly pattern: string;
  readonly sample: LogRecord;
}

/** A line that follows another within a span more often than it did. */
export interface TransitionChange extends Omit<ShareChange<Occurrence>, 'sample'> {
  readonly service: string;
  /** Undefined where the span begins. */
  readonly from: string | undefined;
  /** Undefined where the span ends. */
  readonly to: string | undefined;
  /** The line of `to`; where the span ends, its last one. */
  readonly sample: LogRecord;
}

/** The changes of logs from one time to another. */
export interface LogChanges {
  /** The most surprising first. */
  readonly patterns: readonly PatternChange[];
  /** The same; new and surging ones alone, since what is rarer gave way to these. */
  readonly transitions: readonly TransitionChange[];
  /**
   * The largest score of each service. A line in a span counts by what is before it there, which depends little on how many requests
   * of which kind there were; any other by the share of its pattern.
   */
  readonly scores: ReadonlyMap<string, number>;
  /** The largest such score between two halves of the time before: so much is chance. */
  readonly placebo: number;
}

/** Lines without a trace go to one half of the placebo together for so long: they come in bursts. */
const BURST_MS = 10_000;

/**
 * Compares samples of logs from before and after a moment: the share of each pattern within its service, and what follows what within a
 * span, by Dunning's log-likelihood ratio. Counts are those of the samples. Bursts make it larger than chance would, so it is held
 * against halves of the time before, interleaved by trace.
 */
export function logChanges(before: readonly LogRecord[], after: readonly LogRecord[]): LogChanges {
  const { patterns, patternOf } = findLogPatterns([...before, ...after].map(({ body }) => body));
  const lines = [...before, ...after].map((record, at) => ({
    record,
    pattern: patterns[patternOf[at] as number],
  }));
  const [was, is] = [lines.slice(0, before.length), lines.slice(before.length)];
  const found = changesOf(was, is);
  const [one, other] = interleavedHalves(was, ({ record }) => burstOf(record));
  const chance = [scoresOf(changesOf(one, other)), scoresOf(changesOf(other, one))];
  return {
    ...found,
    scores: scoresOf(found),
    placebo: Math.max(0, ...chance.flatMap((scores) => [...scores.values()])),
  };
}

/** A line and its pattern; undefined: it is of none. */
interface PatternedLine {
  readonly record: LogRecord;
  readonly pattern: LogPattern | undefined;
}

function changesOf(before: readonly PatternedLine[], after: readonly PatternedLine[]) {
  const patterns = shareChanges(before.map(patternOccurrence), after.map(patternOccurrence));
  const transitions = shareChanges(transitionsIn(before), transitionsIn(after));
  return {
    patterns: patterns.flatMap(({ sample, ...change }) => {
      const { record, pattern } = sample.line;
      return pattern ? [{ ...change, service: record.service, pattern: pattern.text, sample: record }] : [];
    }),
    transitions: transitions
      .filter(({ kind }) => kind === 'new' || kind === 'surging')
      .map(({ sample: { from, to, line }, ...change }) => ({
        ...change,
        service: line.record.service,
        from: textOf(from),
        to: textOf(to),
        sample: line.record,
      })),
  };
}

const patternOccurrence = (line: PatternedLine) => ({
  group: line.record.service,
  member: textOf(line) ?? '',
  line,
});

/** The pattern, "" where a line has none. */
const textOf = (line: PatternedLine | undefined) => line && (line.pattern?.text ?? '');

interface Transition extends Occurrence {
  readonly from: PatternedLine | undefined;
  readonly to: PatternedLine | undefined;
  /** That of `to`, or the last one. */
  readonly line: PatternedLine;
}

/**
 * Pairs each line with the one behind it in its span. A line counts by its template and severity: which of a few words it has often
 * depends on the traffic.
 */
function transitionsIn(lines: readonly PatternedLine[]): Transition[] {
  const spans = Map.groupBy(
    lines.filter(({ record }) => record.spanId),
    ({ record }) => `${record.traceId}\0${record.spanId}`,
  );
  const transitions: Transition[] = [];
  for (const span of spans.values()) {
    span.sort((a, b) => a.record.timeMs - b.record.timeMs);
    for (let at = 0; at <= span.length; at += 1) {
      const from = span[at - 1];
      const to = span[at];
      const line = (to ?? from) as PatternedLine;
      transitions.push({
        group: `${line.record.service}\0${formOf(from)}`,
        member: formOf(to),
        from,
        to,
        line,
      });
    }
  }
  return transitions;
}

const formOf = (line: PatternedLine | undefined) =>
  line === undefined ? '' : `${line.pattern?.template} ${line.record.severity}`;

function scoresOf({
  patterns,
  transitions,
}: Pick<LogChanges, 'patterns' | 'transitions'>): Map<string, number> {
  const scores = new Map<string, number>();
  for (const { service, score } of [...transitions, ...patterns.filter(({ sample }) => !sample.spanId)])
    scores.set(service, Math.max(score, scores.get(service) ?? 0));
  return scores;
}

const burstOf = ({ traceId, service, timeMs }: LogRecord) =>
  traceId || `${service}\0${Math.floor(timeMs / BURST_MS)}`;
