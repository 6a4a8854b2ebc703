import { LatencyHistogram } from '../../domain/statistics/latency-histogram.ts';
import type { UseCounts } from '../../domain/statistics/time-buckets.ts';
import type { CallStatistics } from './event-statistics.ts';

/** Calls of one tool, or of several. */
export class CallTally {
  readonly uses = noUses();
  private readonly latency = new LatencyHistogram();

  /** @param durationMs as an event has it: anything but a duration is one that is not known */
  measure(durationMs: unknown): void {
    if (typeof durationMs === 'number' && durationMs >= 0 && Number.isFinite(durationMs))
      this.latency.add(durationMs);
  }

  merge({ uses, latency }: CallTally): void {
    addUses(this.uses, uses);
    this.latency.merge(latency);
  }

  statistics(): CallStatistics {
    const { uses: calls, errors } = this.uses;
    const { count: measured, max } = this.latency;
    if (measured === 0) return { calls, errors };
    const quantile = (part: number) => this.latency.quantile(part);
    return {
      calls,
      errors,
      latencyMs: { measured, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max },
    };
  }
}

export const noUses = (): UseCounts => ({ uses: 0, errors: 0 });

export function addUses(counts: UseCounts, { uses, errors }: UseCounts): void {
  counts.uses += uses;
  counts.errors += errors;
}
