import type { Span } from './span.ts';

/** A span at its place in the trace. */
export interface SpanNode {
  readonly span: Span;
  /** Milliseconds since 1970, by the clock of the root where the clocks differ. */
  startMs: number;
  /** At least the start. */
  endMs: number;
  parent: SpanNode | undefined;
  /** The earliest first. */
  readonly children: SpanNode[];
}

/** One trace; it has more than one root where spans are missing. */
export interface SpanTree {
  /** Those that began the trace before those whose parent is missing; of each the longest first. */
  readonly roots: readonly SpanNode[];
  readonly spans: number;
  readonly flaws: TreeFlaws;
}

/** Spans that were not as they should be. */
export interface TreeFlaws {
  /** Left out, since another one has their id. */
  readonly duplicates: number;
  /** Taken for roots, since their parent is not there. */
  readonly orphans: number;
  /** Taken for roots, since they were among their own ancestors. */
  readonly circles: number;
  /** Moved, with all below, into the span that waited for them: the clocks of two services differ. */
  readonly skewed: number;
}

/** Clocks within a service, and rounding, differ by no more. */
const TOLERANCE_MS = 1;

/** Builds the tree of one trace from its spans in any order. What is no duration counts as 0. It takes n log n steps. */
export function spanTree(spans: readonly Span[]): SpanTree {
  const nodes = new Map<string, SpanNode>();
  for (const span of spans) if (!nodes.has(span.spanId)) nodes.set(span.spanId, nodeOf(span));
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(node.span.parentSpanId ?? '');
    node.parent = parent;
    if (parent === undefined) roots.push(node);
    else parent.children.push(node);
  }
  const orphans = roots.filter(({ span }) => span.parentSpanId).length;
  const circles = cutCircles(nodes, roots);
  for (const { children } of nodes.values()) children.sort((a, b) => a.startMs - b.startMs);
  const skewed = roots.reduce((sum, root) => sum + correctSkew(root), 0);
  roots.sort((a, b) => rankOf(a) - rankOf(b) || durationOf(b) - durationOf(a));
  const duplicates = spans.length - nodes.size;
  return { roots, spans: nodes.size, flaws: { duplicates, orphans, circles, skewed } };
}

/** A node and all below it, each before those below it. */
export function withDescendants(root: SpanNode): SpanNode[] {
  const nodes = [root];
  for (const { children } of nodes) for (const child of children) nodes.push(child);
  return nodes;
}

/** True for a span on the other side of a call that waits for it. */
export function isRemoteCall({ span, parent }: SpanNode): boolean {
  if (parent === undefined || isMessage(parent.span, span)) return false;
  return parent.span.service !== span.service || (parent.span.kind === 'client' && span.kind === 'server');
}

/**
 * True for a span that its parent did not wait for: it takes a message, begins when the parent has ended, or outlives the parent.
 * A remote call that outlives its client was given up: until then it was waited for.
 */
export function isAsynchronous(node: SpanNode): boolean {
  const { span, parent } = node;
  if (parent === undefined) return false;
  if (isMessage(parent.span, span) || node.startMs >= parent.endMs) return true;
  return node.endMs > parent.endMs + TOLERANCE_MS && !isRemoteCall(node);
}

export const durationOf = ({ startMs, endMs }: SpanNode): number => endMs - startMs;

const isMessage = (parent: Span, child: Span) => parent.kind === 'producer' || child.kind === 'consumer';

const rankOf = ({ span }: SpanNode) => (span.parentSpanId ? 1 : 0);

function nodeOf(span: Span): SpanNode {
  const startMs = Number.isFinite(span.startMs) ? span.startMs : 0;
  const durationMs = Number.isFinite(span.durationMs) ? Math.max(span.durationMs, 0) : 0;
  return { span, startMs, endMs: startMs + durationMs, parent: undefined, children: [] };
}

/** Makes a root of the earliest span of each circle: no root leads there. @returns circles */
function cutCircles(nodes: ReadonlyMap<string, SpanNode>, roots: SpanNode[]): number {
  const reached = new Set(roots.flatMap(withDescendants));
  let circles = 0;
  for (const node of nodes.values()) {
    if (reached.has(node)) continue;
    const first = circleAbove(node).reduce((a, b) => (b.startMs < a.startMs ? b : a));
    const siblings = first.parent?.children ?? [];
    siblings.splice(siblings.indexOf(first), 1);
    first.parent = undefined;
    roots.push(first);
    circles += 1;
    for (const below of withDescendants(first)) reached.add(below);
  }
  return circles;
}

function circleAbove(node: SpanNode): SpanNode[] {
  const above = new Set<SpanNode>();
  let at = node;
  while (!above.has(at)) {
    above.add(at);
    at = at.parent as SpanNode;
  }
  const all = [...above];
  return all.slice(all.indexOf(at));
}

/**
 * Moves each remote call that lies outside of the span that waited for it, but is no longer, into its middle: as long there as back.
 * @returns calls that were moved
 */
function correctSkew(root: SpanNode): number {
  const offsets = new Map<SpanNode, number>();
  let moved = 0;
  for (const node of withDescendants(root)) {
    let offset = node.parent === undefined ? 0 : (offsets.get(node.parent) as number);
    const own = skewOf(node, offset);
    if (own !== 0) moved += 1;
    offset += own;
    node.startMs += offset;
    node.endMs += offset;
    offsets.set(node, offset);
  }
  return moved;
}

function skewOf(node: SpanNode, offset: number): number {
  const { parent } = node;
  if (parent === undefined || !isRemoteCall(node)) return 0;
  const spare = durationOf(parent) - durationOf(node);
  const early = parent.startMs - (node.startMs + offset);
  const late = node.endMs + offset - parent.endMs;
  if (spare < 0 || Math.max(early, late) <= TOLERANCE_MS) return 0;
  return early + spare / 2;
}
