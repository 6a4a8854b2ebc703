import { aNumber, anObject, aText, check } from './platform-checks.ts';
import { type PlatformRequest, unexpected } from './platform-request.ts';
import { organizationOf, type PlatformState, workspaceOf } from './platform-state.ts';

export const HARD_LIMIT = 100_000;

interface Pagination {
  readonly page?: number;
  readonly limit?: number;
  readonly offset?: number;
}

/** The parts of a query that all signals have. */
export interface SignalsQuery {
  readonly body: Readonly<Record<string, unknown>>;
  readonly from: number;
  readonly to: number;
  readonly pagination: Pagination | undefined;
  /** True for rows of the organization that asks, and of the workspace that it names. */
  readonly isOwn: (row: { readonly organizationId?: string; readonly workspaceId?: string }) => boolean;
}

type Checks = NonNullable<Parameters<typeof check>[1]['optional']>;

/** Reads and checks the body of `POST query/signals/…`. */
export function readSignalsQuery(
  state: PlatformState,
  { body, user }: PlatformRequest,
  optional: Checks,
): SignalsQuery {
  check(body, {
    required: { from: aText, to: aText },
    optional: { workspaceId: aText, tenantId: aText, pagination: anObject, ...optional },
  });
  const given = body['pagination'] as Pagination | undefined;
  if (given !== undefined) {
    check({ ...given }, { optional: { page: aNumber(1), limit: aNumber(1, HARD_LIMIT) } }, 'pagination.');
  }
  const { from, to } = readRange(state, body);
  return {
    body,
    from,
    to,
    pagination: given && { page: 1, limit: 100, ...given },
    isOwn: ownerOf(state, user?.organizationId, body['workspaceId']),
  };
}

/** The range of a body; a wrong one is nothing that the platform checks for. */
export function readRange(state: PlatformState, { from, to }: Readonly<Record<string, unknown>>) {
  const range = { from: new Date(String(from)).getTime(), to: new Date(String(to)).getTime() };
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) throw state.clientFault('Invalid time value');
  if (range.from >= range.to) throw state.clientFault('Invalid time range: from must be before to');
  return range;
}

/** @param workspaceId taken as it is sent */
export function ownerOf(
  state: PlatformState,
  organizationId: string | undefined,
  workspaceId?: unknown,
): SignalsQuery['isOwn'] {
  if (organizationId === undefined) throw unexpected();
  if (workspaceId !== undefined && !state.faults.has('workspaceUnchecked') && !knows(state, workspaceId)) {
    throw state.clientFault('Unknown workspace');
  }
  return (row) =>
    organizationOf(row) === organizationId && (workspaceId === undefined || workspaceOf(row) === workspaceId);
}

const knows = ({ data }: PlatformState, workspaceId: unknown) =>
  data.logs.some((row) => workspaceOf(row) === workspaceId);

/** The envelope of an answer with rows, paged as the platform pages. @param most rows without pagination */
export function answerRows<T>(
  state: PlatformState,
  { pagination }: SignalsQuery,
  matches: Iterable<T>,
  { most, write }: { readonly most: number; readonly write: (row: T) => unknown },
): unknown {
  const { page = 1, limit = most, offset } = pagination ?? {};
  const skipped = state.faults.has('pageIgnored') ? 0 : (page - 1) * limit;
  const start = state.faults.has('offsetStripped') ? skipped : (offset ?? skipped);
  const isCounted = !state.faults.has('totalIsRows');
  const data: unknown[] = [];
  let count = 0;
  for (const match of matches) {
    if (count >= start && data.length < limit) data.push(write(match));
    count += 1;
    if (!isCounted && data.length === limit) break;
  }
  const total = isCounted ? count : data.length;
  return {
    data,
    total,
    metadata: { queryId: crypto.randomUUID(), executionTimeMs: 1, dataSource: 'clickhouse', cached: false },
    ...(pagination && {
      pagination: {
        page,
        limit,
        totalPages: Math.ceil(total / limit),
        hasNext: page * limit < total,
        hasPrev: page > 1,
      },
    }),
  };
}

/** A time as ClickHouse writes it: nanoseconds, and no zone. */
export function timeText(state: PlatformState, timeMs: number, digits: 0 | 9 = 9): string {
  const whole = Math.floor(timeMs);
  const iso = new Date(whole).toISOString();
  if (!state.faults.has('timesWithoutZone')) return iso;
  const seconds = iso.slice(0, 19).replace('T', ' ');
  if (digits === 0) return seconds;
  const nanoseconds = Math.round((timeMs - whole) * 1e6);
  return `${seconds}.${iso.slice(20, 23)}${String(nanoseconds).padStart(6, '0')}`;
}

/** An integer of 64 bits. */
export const bigNumber = ({ faults }: PlatformState, value: number) =>
  faults.has('integersAreStrings') ? String(value) : value;

/** A row by the names of its columns, or as Swagger promises them. */
export function columns(state: PlatformState, row: Readonly<Record<string, unknown>>): unknown {
  if (state.faults.has('rowsInSnakeCase')) return row;
  const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));
}

/** `ILIKE %text%` of ClickHouse, whose `%` and `_` in the text are wildcards. */
export function likeMatcher(state: PlatformState, text: string): (subject: string) => boolean {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = state.faults.has('wildcardsUnescaped')
    ? escaped.replaceAll('%', '.*').replaceAll('_', '.')
    : escaped;
  const expression = new RegExp(pattern, 'is');
  return (subject) => expression.test(subject);
}

/** True if the attributes have all of these. */
export function hasAll(attributes: Readonly<Record<string, string>> = {}, wanted: unknown): boolean {
  return Object.entries((wanted ?? {}) as Record<string, unknown>).every(
    ([name, value]) => (attributes[name] ?? '') === value,
  );
}
