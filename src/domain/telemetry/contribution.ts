import { baselineOf, scoreOf } from './baseline.ts';
import { changeScore, type JudgedWindow } from './change-score.ts';
import { cappedGrowth, type Growth, growthOf, type JudgedAmounts, ownGrowths } from './own-growth.ts';
import type { Values } from './quantile.ts';
import { type Amounts, amountsOf, type ServiceLoad } from './service-load.ts';
import { LEAST_RATIO, LEAST_SCORE, ratioOf, type Strength, strengthOf } from './strength.ts';

/*
 * Ranks services by what each adds itself to a slowdown or to failures. To follow an anomaly along the call graph is the idea of
 * MonitorRank (Kim, Sumbaly and Shah, SIGMETRICS 2013) and of the graph traversal that PetShop's authors compare (Hardt and others,
 * CLeaR 2024). It departs from both: a service counts by amounts instead of by anomaly, less those of its callees, so that the callers
 * of a slow service don't count; and by no more than every caller on the way has grown, so that what no one waited for doesn't.
 */

export interface CallEdge {
  readonly caller: string;
  readonly callee: string;
}

export interface LoadChange {
  /** From the beginning of normal time to the end of the window, all as long. */
  readonly loads: ReadonlyMap<string, ServiceLoad>;
  /** Calls between services; without any, every service counts as called by the entry. */
  readonly edges: readonly CallEdge[];
  /** The service that alerts; absent: all services are looked at, and no caller bounds them. */
  readonly entry?: string | undefined;
  readonly window: JudgedWindow;
  /** True if amounts are counts, as failures are. */
  readonly isCount?: boolean;
}

/** A service's own part in a change. */
export interface Contribution {
  readonly service: string;
  /** Growth of its own amount in a bucket, at the usual traffic of the entry. */
  readonly amount: number;
  /** That as a part of the entry's growth, at most 1; absent where that did not grow. */
  readonly share?: number;
  readonly strength: Strength;
  /** Its place on the scale of all signals: by amount within a strength, of which the largest has the largest ratio. */
  readonly ratio: number;
}

/** The contributions that are more than chance: the confirmed ones, then the weak ones, each the largest first. */
export function contributionsOf(change: LoadChange): readonly Contribution[] {
  const judged = judgedAmounts(change);
  const caps = capsOf(change, judged);
  const whole = change.entry === undefined ? 0 : growthOf(judged.changes.get(change.entry));
  const found: Found[] = [];
  for (const [service, own] of ownGrowths(judged)) {
    const cap = caps.get(service);
    const counted = cap === undefined ? undefined : cappedGrowth(own, cap);
    if (counted === undefined) continue;
    found.push({ service, ...counted, ...(whole > 0 && { share: Math.min(1, counted.amount / whole) }) });
  }
  return [...onScale(found, 'confirmed'), ...onScale(found, 'weak')];
}

function judgedAmounts({ loads, edges, entry, window, isCount = false }: LoadChange): JudgedAmounts {
  const amounts = amountsOf(loads, { entry, normal: window.from });
  const alerting = entry === undefined ? undefined : amounts.get(entry);
  const rows = alerting && rowsOut(alerting, window, isCount);
  const judge = (values: Values) =>
    changeScore(rows ? withRows(values, window, rows) : values, window, { isCount });
  const changes = new Map([...amounts].map(([service, values]) => [service, judge(values)] as const));
  return { amounts, callees: calleesOf(edges, amounts), changes, normal: window.from, judge };
}

/** The buckets of the window in which the alerting amount is out: the moment can be early, and the incident over. */
function rowsOut(
  values: Values,
  { from, to }: JudgedWindow,
  isCount: boolean,
): readonly number[] | undefined {
  const baseline = baselineOf(values.slice(0, from), isCount);
  if (baseline === undefined) return undefined;
  const rows = Array.from({ length: to - from }, (_, at) => from + at).filter((at) => {
    const value = values[at] ?? null;
    return value !== null && value > baseline.median && scoreOf(value, baseline) >= LEAST_SCORE;
  });
  return rows.length > 0 ? rows : undefined;
}

/** The same with these buckets alone in the window, which keeps its length, and so the placebo windows theirs. */
function withRows(values: Values, { from, to }: JudgedWindow, rows: readonly number[]): Values {
  const length = to - from;
  const chosen = Array.from({ length }, (_, at) => rows[Math.floor((at * rows.length) / length)] as number);
  return [...values.slice(0, from), ...chosen.map((at) => values[at] ?? null)];
}

function calleesOf(edges: readonly CallEdge[], amounts: Amounts): ReadonlyMap<string, readonly string[]> {
  const callees = new Map<string, Set<string>>();
  for (const { caller, callee } of edges) {
    if (caller === callee || !amounts.has(callee)) continue;
    const known = callees.get(caller) ?? new Set();
    callees.set(caller, known.add(callee));
  }
  return new Map([...callees].map(([caller, called]) => [caller, [...called]]));
}

/** The most that each service that the entry reaches can have to do with it: on that way there whose callers grew most. */
function capsOf(
  { edges, entry }: LoadChange,
  { amounts, callees, changes }: JudgedAmounts,
): ReadonlyMap<string, number> {
  const unbounded = Number.POSITIVE_INFINITY;
  if (entry === undefined || edges.length === 0)
    return new Map([...amounts.keys()].map((service) => [service, unbounded]));
  const caps = new Map([[entry, unbounded]]);
  const reached = [entry];
  for (const caller of reached) {
    const change = changes.get(caller);
    const most = Math.min(caps.get(caller) as number, change ? growthOf(change) : unbounded);
    for (const callee of callees.get(caller) ?? []) {
      if (most <= (caps.get(callee) ?? Number.NEGATIVE_INFINITY)) continue;
      caps.set(callee, most);
      reached.push(callee);
    }
  }
  return caps;
}

type Found = Growth & Pick<Contribution, 'service' | 'share'>;

/** Those of a strength, the largest first, each with its place between that strength's least ratio and the largest there. */
function onScale(found: readonly Found[], strength: Strength): readonly Contribution[] {
  const those = found.filter(({ change }) => strengthOf(change) === strength);
  const least = strength === 'confirmed' ? LEAST_RATIO : 1;
  const largest = Math.max(...those.map(({ change }) => ratioOf(change)));
  const most = Math.max(...those.map(({ amount }) => amount));
  return those
    .map(({ change: _, ...rest }) => ({
      ...rest,
      strength,
      ratio: least + ((largest - least) * rest.amount) / most,
    }))
    .sort((a, b) => b.amount - a.amount);
}
