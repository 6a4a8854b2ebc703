import type { EventStatistics } from '../../../application/statistics/event-statistics.ts';
import { drawColumns } from '../terminal/draw-columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { countText, spanText, timeText } from './figures.ts';

/** Lines of the chart of calls; that of errors has one. */
const HEIGHT = 4;

/** Cells of the chart, and of one column, at most. */
const MOST_CELLS = 72;
const MOST_COLUMN = 4;

/**
 * Lines of two charts above one axis: calls and errors over time. On a narrow terminal a column stands for more time, so that the
 * chart is no wider.
 */
export function callsChart(
  { overTime, until }: Pick<EventStatistics, 'overTime' | 'until'>,
  { columns, unicode, paint }: Pick<Terminal, 'columns' | 'unicode' | 'paint'>,
): readonly string[] {
  const cells = Math.min(columns, MOST_CELLS);
  const together = Math.ceil(overTime.calls.length / cells);
  const calls = sumsOf(overTime.calls, together);
  const errors = sumsOf(overTime.errors, together);
  const seconds = overTime.seconds * together;
  const width = Math.min(Math.floor(cells / calls.length), MOST_COLUMN);
  const heading = (title: string, counts: readonly number[]) => {
    const text = `${title} each ${spanText(seconds)}, at most ${countText(Math.max(...counts))}`;
    return wrapText(text, columns).map((line) => paint('bold', line));
  };
  const errorLines = drawColumns(errors, { height: 1, width, unicode }).map((line) => paint('red', line));
  const axis = (unicode ? '─' : '-').repeat(calls.length * width);
  return [
    ...heading('Calls', calls),
    ...drawColumns(calls, { height: HEIGHT, width, unicode }),
    axis,
    ...(errors.some((count) => count > 0) ? [...heading('Errors', errors), ...errorLines, axis] : []),
    ...labels(timeText(overTime.from, seconds), timeText(until, seconds), axis.length, columns),
  ];
}

/** Sums of so many neighbours each. */
function sumsOf(counts: readonly number[], together: number): readonly number[] {
  return Array.from({ length: Math.ceil(counts.length / together) }, (_, at) =>
    counts.slice(at * together, (at + 1) * together).reduce((sum, count) => sum + count, 0),
  );
}

/** The ends of the axis, each below its own; one behind the other where they have no room. */
function labels(from: string, until: string, axis: number, columns: number): readonly string[] {
  const end = `${until} UTC`;
  const gap = axis - from.length - end.length;
  return gap > 1 ? [`${from}${' '.repeat(gap)}${end}`] : wrapText(`${from} to ${end}`, columns);
}
