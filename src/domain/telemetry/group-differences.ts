import { criticalPath, type SelfTime, selfTimes } from './critical-path.ts';
import { durationOf, type SpanNode } from './span-tree.ts';

/** Self time of one service and span name in two groups of traces, in milliseconds a trace. */
export interface TimeDifference {
  readonly service: string;
  readonly name: string;
  readonly slowMs: number;
  readonly normalMs: number;
  readonly differenceMs: number;
  /** The difference as a part of the slowdown: all of them sum to 1. Absent where there is no slowdown. */
  readonly share?: number;
}

export interface GroupDifferences {
  /** Mean duration of a trace. */
  readonly slowMs: number;
  readonly normalMs: number;
  /** Those that grew most first. */
  readonly times: readonly TimeDifference[];
}

/**
 * Compares where traces of two groups spend their time, by service and span name along critical paths. To compare groups of requests,
 * not single ones, is the idea of Spectroscope (Sambasivan and others, "Diagnosing performance changes by comparing request flows",
 * NSDI 2011). It departs in that it compares means along critical paths, which sum to the durations, and no shapes of graphs.
 */
export function groupDifferences(slow: readonly SpanNode[], normal: readonly SpanNode[]): GroupDifferences {
  const slowMs = meanDuration(slow);
  const normalMs = meanDuration(normal);
  const slowdown = slowMs - normalMs;
  const means = new Map<string, { service: string; name: string; slowMs: number; normalMs: number }>();
  const add = (roots: readonly SpanNode[], key: 'slowMs' | 'normalMs') => {
    for (const { service, name, ms } of roots.flatMap(timesOf)) {
      const id = `${service}\0${name}`;
      const mean = means.get(id) ?? { service, name, slowMs: 0, normalMs: 0 };
      mean[key] += ms / roots.length;
      means.set(id, mean);
    }
  };
  add(slow, 'slowMs');
  add(normal, 'normalMs');
  const times = [...means.values()].map((mean) => {
    const differenceMs = mean.slowMs - mean.normalMs;
    return { ...mean, differenceMs, ...(slowdown > 0 && { share: differenceMs / slowdown }) };
  });
  return { slowMs, normalMs, times: times.sort((a, b) => b.differenceMs - a.differenceMs) };
}

const timesOf = (root: SpanNode): SelfTime[] => selfTimes(criticalPath(root));

const meanDuration = (roots: readonly SpanNode[]) =>
  roots.reduce((sum, root) => sum + durationOf(root), 0) / Math.max(1, roots.length);
