import type { Span } from './span.ts';

/** Spans of a stretch of time, all that it has. */
export interface SpanSlice {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
  readonly spans: readonly Span[];
}

/** Buckets of one width, in milliseconds. */
export interface Buckets {
  /** Beginning of the first, since 1970. */
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** Requests to a service, bucket by bucket: the metrics `spans.requests`, `spans.errors` and `spans.duration`. */
export interface ServiceRequests {
  /** Requests, as many as the whole bucket would have had; null where no slice says. */
  readonly requests: readonly (number | null)[];
  /** Those of them that failed. */
  readonly errors: readonly (number | null)[];
  /** Milliseconds each took, of those that were seen. */
  readonly durations: readonly (readonly number[])[];
}

/**
 * Counts the requests to each service in rows of spans, where metrics can't be had. A request is a span on the server's side: one that
 * serves a call or takes a message, one without a parent, or one whose parent is another service's. Slices that cover a part of a bucket are
 * projected to all of it.
 * @param slices that don't overlap; a span counts where it begins
 */
export function serviceRequests(
  slices: readonly SpanSlice[],
  buckets: Buckets,
): Map<string, ServiceRequests> {
  const factors = Array.from({ length: buckets.count }, (_, at) => {
    const from = buckets.from + at * buckets.step;
    const covered = slices.reduce(
      (sum, slice) => sum + Math.max(0, Math.min(slice.to, from + buckets.step) - Math.max(slice.from, from)),
      0,
    );
    return covered > 0 ? buckets.step / covered : null;
  });
  const counts = new Map<string, Counts>();
  const all = new Map(
    slices.flatMap(({ spans }) => spans.map((span) => [`${span.traceId}\0${span.spanId}`, span])),
  );
  for (const { from, to, spans } of slices) {
    for (const span of spans) {
      if (
        span.startMs < from ||
        span.startMs >= to ||
        !isRequest(span, all.get(`${span.traceId}\0${span.parentSpanId}`))
      )
        continue;
      const at = Math.floor((span.startMs - buckets.from) / buckets.step);
      if (at < 0 || at >= buckets.count) continue;
      const count = counts.get(span.service) ?? emptyCounts(buckets.count);
      counts.set(span.service, count);
      count.durations[at]?.push(span.durationMs);
      if (span.status === 'error') count.errors[at] = (count.errors[at] ?? 0) + 1;
    }
  }
  const projected = (values: readonly number[]) =>
    values.map((value, at) => {
      const factor = factors[at] ?? null;
      return factor === null ? null : value * factor;
    });
  return new Map(
    [...counts].map(([service, { errors, durations }]) => [
      service,
      { requests: projected(durations.map(({ length }) => length)), errors: projected(errors), durations },
    ]),
  );
}

interface Counts {
  readonly errors: number[];
  readonly durations: number[][];
}

const emptyCounts = (buckets: number): Counts => ({
  errors: new Array<number>(buckets).fill(0),
  durations: Array.from({ length: buckets }, () => []),
});

function isRequest({ service, kind, parentSpanId }: Span, parent: Span | undefined): boolean {
  if (!parentSpanId) return true;
  if (parent !== undefined && parent.service !== service) return true;
  const isServing = kind === 'server' || kind === 'consumer';
  return isServing && (parent === undefined || parent.kind === 'client' || parent.kind === 'producer');
}
