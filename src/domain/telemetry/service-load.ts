import { median, type Values } from './quantile.ts';

/** A service's requests, and the cost of one, in each bucket. */
export interface ServiceLoad {
  readonly requests: Values;
  /** Its mean duration in any unit, or the part of requests that failed. */
  readonly cost: Values;
}

export interface LoadContext {
  /** The service whose requests all others serve; absent: each counts by its own requests. */
  readonly entry?: string | undefined;
  /** Buckets of normal time, from the first. */
  readonly normal: number;
}

/** A service's amount in each bucket: requests times cost. Null where it can't be known. */
export type Amounts = ReadonlyMap<string, Values>;

/**
 * The amounts of all services that normal time has seen, at the usual traffic of the entry: a surge makes each of them larger and is no
 * one's doing. Requests beyond a service's usual number for one of the entry are left out, since it is its caller that sends them: so
 * they stay in the caller's own amount. Services that normal time has not seen have none, and stay with their callers, too.
 */
export function amountsOf(loads: ReadonlyMap<string, ServiceLoad>, { entry, normal }: LoadContext): Amounts {
  const traffic = (entry === undefined ? undefined : loads.get(entry)?.requests) ?? [];
  const usualTraffic = median(traffic, 0, normal) ?? 0;
  const atUsualTraffic = (count: number, at: number): number | null => {
    if (usualTraffic <= 0) return count;
    const sent = traffic[at] ?? 0;
    return sent > 0 ? (usualTraffic * count) / sent : null;
  };
  const amounts = new Map<string, Values>();
  for (const [service, { requests, cost }] of loads) {
    const served = requests.map((count, at) => atUsualTraffic(count ?? 0, at));
    const usual = median(served, 0, normal) ?? 0;
    if (usual <= 0) continue;
    const most = usualTraffic > 0 ? usual : Number.POSITIVE_INFINITY;
    amounts.set(
      service,
      served.map((count, at) => amountOf(count, most, cost[at] ?? null)),
    );
  }
  return amounts;
}

function amountOf(count: number | null, most: number, cost: number | null): number | null {
  if (count === 0) return 0;
  return count === null || cost === null ? null : Math.min(count, most) * cost;
}
