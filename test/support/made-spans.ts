import fc from 'fast-check';
import type { Span } from '../../src/domain/telemetry/span.ts';
import { type SpanNode, spanTree } from '../../src/domain/telemetry/span-tree.ts';

/** A span of the trace `t`, a root of service `web` from 0 to 100 ms unless it is said otherwise. */
export const madeSpan = (span: Partial<Span> & { readonly spanId: string }): Span => ({
  traceId: 't',
  service: 'web',
  name: span.spanId,
  kind: 'internal',
  status: 'unset',
  startMs: 0,
  durationMs: 100,
  attributes: {},
  ...span,
});

/** A span below another from one time to another. */
export const madeChild = (
  spanId: string,
  parentSpanId: string,
  [startMs, endMs]: readonly [number, number],
  rest: Partial<Span> = {},
): Span => madeSpan({ spanId, parentSpanId, startMs, durationMs: endMs - startMs, ...rest });

/** The first root of a trace. */
export const madeRoot = (...spans: readonly Span[]): SpanNode => spanTree(spans).roots[0] as SpanNode;

const services = fc.constantFrom('web', 'cart', 'stock');
const names = fc.constantFrom('GET /cart', 'SELECT items', 'lock');

/**
 * Rows of one trace as platforms hand them out: any parent, itself and missing ones included, ids that come twice, children outside of
 * their parents, durations of nothing and less.
 */
export const anyTrace: fc.Arbitrary<Span[]> = fc.array(
  fc.record({
    traceId: fc.constant('t'),
    spanId: fc.nat(40).map((id) => `s${id}`),
    parentSpanId: fc.option(
      fc.nat(44).map((id) => `s${id}`),
      { nil: undefined },
    ),
    service: services,
    name: names,
    kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'),
    status: fc.constantFrom('unset', 'ok', 'error'),
    startMs: fc.integer({ min: 0, max: 400 }).map((quarters) => 1_764_442_800_000 + quarters / 4),
    durationMs: fc.integer({ min: -8, max: 400 }).map((quarters) => quarters / 4),
    attributes: fc.constant({}),
  }),
  { minLength: 1, maxLength: 60 },
);
