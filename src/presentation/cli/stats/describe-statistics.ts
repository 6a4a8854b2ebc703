import type {
  CallStatistics,
  EventStatistics,
  UseStatistics,
} from '../../../application/statistics/event-statistics.ts';
import { totalTokens } from '../../../domain/conversation/usage.ts';
import { renderTable, type TableRow } from '../terminal/render-table.ts';
import { showableName } from '../terminal/showable-name.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { callsChart } from './calls-chart.ts';
import { countText, durationText } from './figures.ts';

type Page = Pick<Terminal, 'columns' | 'unicode' | 'paint'>;

/** Rows of a table, at most. */
const MOST_ROWS = 20;

/** Stands for a figure that is not known. */
const UNKNOWN = '-';

/** Statistics for a person: a chart, tables and remarks, no wider than the terminal. */
export function describeStatistics(statistics: EventStatistics, page: Page): string {
  const { calls, tools, failures, models, resources, prompts, clients } = statistics;
  const all = tools.length > 1 ? [callRow('all', calls)] : [];
  const parts = [
    calls.calls > 0 ? callsChart(statistics, page) : [],
    table(
      ['TOOL', 'CALLS', 'ERRORS', 'P50', 'P95', 'P99', 'MAX'],
      [...all, ...tools.map((tool) => callRow(tool.name, tool))],
      page,
    ),
    table(
      ['ERROR', 'TIMES'],
      failures.map(({ name, times }) => [name, countText(times)]),
      page,
    ),
    table(['MODEL', 'ANSWERS', 'INPUT', 'OUTPUT', 'TO CACHE', 'FROM CACHE'], models.map(modelRow), page),
    table(['RESOURCE', 'READS', 'ERRORS'], resources.map(useRow), page),
    table(['PROMPT', 'GOT', 'ERRORS'], prompts.map(useRow), page),
    table(
      ['CLIENT', 'SESSIONS'],
      clients.map(({ name, sessions }) => [name, countText(sessions)]),
      page,
    ),
    remarks(statistics).flatMap((remark) => wrapText(remark, page.columns)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function table(headings: TableRow, rows: readonly TableRow[], page: Page): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows
    .slice(0, MOST_ROWS)
    .map(([name, ...figures]) => [showableName(name), ...figures] as const);
  const [heading = '', ...lines] = renderTable(headings, shown, page);
  const more = rows.length - shown.length;
  return [
    page.paint('bold', heading),
    ...lines,
    ...(more > 0 ? wrapText(`and ${countText(more)} more; --json has them`, page.columns) : []),
  ];
}

function callRow(name: string, { calls, errors, latencyMs }: CallStatistics): TableRow {
  const { p50, p95, p99, max } = latencyMs ?? {};
  const latency = [p50, p95, p99, max].map((ms) => (ms === undefined ? UNKNOWN : durationText(ms)));
  return [name, countText(calls), countText(errors), ...latency];
}

function modelRow({ name, answers, ...usage }: EventStatistics['models'][number]): TableRow {
  const { inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens } = usage;
  const isKnown = totalTokens(usage) > 0; // a client's own model doesn't say
  const tokens = [inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens];
  return [name, countText(answers), ...tokens.map((count) => (isKnown ? countText(count) : UNKNOWN))];
}

const useRow = ({ name, uses, errors }: UseStatistics): TableRow => [
  name,
  countText(uses),
  countText(errors),
];

function remarks({ since, events, sessions, conversations, counted }: EventStatistics): readonly string[] {
  const { calls, reads, prompts, sessions: ofSessions, others } = counted;
  const amounts = { calls, reads, prompts, 'of sessions': ofSessions, others };
  const without = Object.entries(amounts).flatMap(([what, count]) =>
    count > 0 ? [`${countText(count)} ${what}`] : [],
  );
  return [
    `${countText(events)} ${events === 1 ? 'event' : 'events'} since ${since}.`,
    `Sessions: ${countText(sessions.opened)} opened, ${countText(sessions.closed)} closed. ` +
      `Conversations: ${countText(conversations.begun)} begun, ${countText(conversations.answers)} answers.`,
    ...(without.length > 0
      ? [`Only counted, without latency, since they came too fast (audit.max_rate): ${without.join(', ')}.`]
      : []),
  ];
}
