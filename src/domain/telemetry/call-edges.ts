import { durationOf, isAsynchronous, type SpanNode, withDescendants } from './span-tree.ts';

/** Calls from one service to another. */
export interface CallEdge {
  readonly caller: string;
  readonly callee: string;
  readonly calls: number;
  /** Calls whose span on the callee's side failed. */
  readonly errors: number;
  /** Time that the callee's spans took. */
  readonly totalMs: number;
  /** Calls that the caller did not wait for: messages, and what began or ended after it. */
  readonly asynchronous: number;
}

/**
 * Counts the calls between services in whole traces, most calls first. Slices of spans won't do: where a trace is cut through the
 * middle, calls are missing, and blame stays with the callers. A service that has no spans of its own is no callee.
 * @param roots all roots of the traces
 */
export function callEdges(roots: readonly SpanNode[]): CallEdge[] {
  const edges = new Map<string, { -readonly [key in keyof CallEdge]: CallEdge[key] }>();
  for (const node of roots.flatMap(withDescendants)) {
    const callee = node.span.service;
    const caller = node.parent?.span.service ?? callee;
    if (caller === callee) continue;
    const key = `${caller}\0${callee}`;
    const edge = edges.get(key) ?? { caller, callee, calls: 0, errors: 0, totalMs: 0, asynchronous: 0 };
    edge.calls += 1;
    edge.totalMs += durationOf(node);
    if (node.span.status === 'error') edge.errors += 1;
    if (isAsynchronous(node)) edge.asynchronous += 1;
    edges.set(key, edge);
  }
  return [...edges.values()].sort((a, b) => b.calls - a.calls);
}
