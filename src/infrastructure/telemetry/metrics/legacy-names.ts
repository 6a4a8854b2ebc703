import type { Attributes } from '@opentelemetry/api';
import type { InstrumentFacts } from './series-table.ts';
import { OPERATION_DURATION } from './server-metrics.ts';
import type { Derived, HistogramPoint } from './table-producer.ts';

interface OlderInstrument {
  readonly facts: Derived['facts'];
  readonly method: string;
  /** The older attributes of a request; undefined where the instrument does not count it. */
  attributesOf(attributes: Attributes): Attributes | undefined;
}

const counter = (name: string, description: string, unit: string): Derived['facts'] => ({
  name,
  description,
  unit,
  bounds: [],
  kind: 'counter',
});

const outcome = ({ 'error.type': type }: Attributes) => ({ success: type === undefined });

/** The instruments of the older servers, with their attributes, but for URIs and ids: there is no end of those. */
const OLDER: readonly OlderInstrument[] = [
  {
    facts: counter('mcp.tools.calls', 'Calls of tools', '{call}'),
    method: 'tools/call',
    attributesOf: (of) => ({ 'tool.name': of['gen_ai.tool.name'], ...outcome(of) }),
  },
  {
    facts: {
      name: 'mcp.tools.duration',
      description: 'Duration of calls of tools',
      unit: 's',
      bounds: OPERATION_DURATION.bounds,
      kind: 'histogram',
    },
    method: 'tools/call',
    attributesOf: (of) => ({ 'tool.name': of['gen_ai.tool.name'] }),
  },
  {
    facts: counter('mcp.tools.errors', 'Calls of tools that failed', '{error}'),
    method: 'tools/call',
    attributesOf: (of) =>
      of['error.type'] === undefined
        ? undefined
        : { 'tool.name': of['gen_ai.tool.name'], 'error.type': of['error.type'] },
  },
  {
    facts: counter('mcp.resources.reads', 'Reads of resources', '{read}'),
    method: 'resources/read',
    attributesOf: outcome,
  },
  {
    facts: counter('mcp.prompts.gets', 'Gets of prompts', '{get}'),
    method: 'prompts/get',
    attributesOf: (of) => ({ 'prompt.name': of['gen_ai.prompt.name'], ...outcome(of) }),
  },
];

/** Makes the older servers' metrics of what was measured of requests: a request is measured once. */
export function legacyNames(
  { name }: InstrumentFacts,
  points: readonly HistogramPoint[],
): readonly Derived[] {
  if (name !== OPERATION_DURATION.name) return [];
  return OLDER.map(({ facts, method, attributesOf }) => {
    const merged = new Map<string, HistogramPoint>();
    for (const point of points) {
      const { 'mcp.method.name': of, 'otel.metric.overflow': isOverflow } = point.attributes;
      const attributes = of === method && !isOverflow ? attributesOf(point.attributes) : undefined;
      if (attributes === undefined) continue;
      const key = JSON.stringify(attributes);
      const before = merged.get(key);
      merged.set(key, before ? sumOf(before, point) : { ...point, attributes });
    }
    return { facts, points: [...merged.values()] };
  });
}

function sumOf(one: HistogramPoint, other: HistogramPoint): HistogramPoint {
  const [a, b] = [one.value, other.value];
  const { boundaries, counts } = a.buckets;
  return {
    ...one,
    startTime: isBefore(one.startTime, other.startTime) ? one.startTime : other.startTime,
    value: {
      buckets: { boundaries, counts: counts.map((count, at) => count + (b.buckets.counts[at] ?? 0)) },
      count: a.count + b.count,
      sum: (a.sum ?? 0) + (b.sum ?? 0),
      ...(a.min !== undefined && b.min !== undefined && { min: Math.min(a.min, b.min) }),
      ...(a.max !== undefined && b.max !== undefined && { max: Math.max(a.max, b.max) }),
    },
  };
}

const isBefore = (one: HistogramPoint['startTime'], other: HistogramPoint['startTime']) =>
  one[0] < other[0] || (one[0] === other[0] && one[1] <= other[1]);
