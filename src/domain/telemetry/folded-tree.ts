import type { PathSegment } from './critical-path.ts';
import type { Span } from './span.ts';
import { durationOf, type SpanNode } from './span-tree.ts';

/** Siblings of one service and name, as one. */
export interface FoldedRow {
  /** 0 for a root. */
  readonly depth: number;
  readonly service: string;
  readonly name: string;
  readonly count: number;
  readonly totalMs: number;
  readonly slowestMs: number;
  readonly errors: number;
  /** One of them is on the critical path. */
  readonly isCritical: boolean;
  /** The one to look at: the slowest of those that failed, else of all. */
  readonly example: Span;
  /** Below it, what has no row. */
  readonly dropped: Dropped;
}

export interface Dropped {
  readonly spans: number;
  readonly errors: number;
}

export interface FoldedTree {
  /** Each before those below it, siblings by their start. */
  readonly rows: readonly FoldedRow[];
  /** In the whole tree, what has no row. */
  readonly dropped: Dropped;
}

/**
 * Folds trees into so many rows at most: siblings of one service and name become one, with what is below them. Where that is still too
 * many, rows are dropped, the least time first, and those that failed, led to what failed or are on the path only when there are no
 * others left. Dropped spans are counted, with their errors, in the row above.
 */
export function foldTree(
  roots: readonly SpanNode[],
  { most, path }: { readonly most: number; readonly path: readonly PathSegment[] },
): FoldedTree {
  const groups = groupsOf(roots, onPath(path));
  for (const { parent, weightMs, isProtected } of groups.toReversed()) {
    if (parent === undefined) continue;
    parent.weightMs = Math.max(parent.weightMs, weightMs);
    parent.isProtected ||= isProtected;
  }
  const kept = new Set(groups.toSorted(byWorth).slice(0, Math.max(1, most)));
  const all = { spans: 0, errors: 0 };
  for (const group of groups.toReversed()) {
    if (kept.has(group)) continue;
    count(all, { spans: group.nodes.length, errors: group.errors });
    if (group.parent === undefined) continue;
    count(group.parent.dropped, { spans: group.nodes.length, errors: group.errors });
    count(group.parent.dropped, group.dropped);
  }
  return { rows: groups.filter((group) => kept.has(group)).map(rowOf), dropped: all };
}

interface Group {
  readonly nodes: readonly SpanNode[];
  readonly depth: number;
  readonly parent: Group | undefined;
  readonly totalMs: number;
  readonly errors: number;
  readonly isCritical: boolean;
  /** It, or one below it, failed or is on the path. */
  isProtected: boolean;
  /** The largest total of it and those below: so none is dropped before those. */
  weightMs: number;
  readonly dropped: { spans: number; errors: number };
}

function onPath(path: readonly PathSegment[]): ReadonlySet<SpanNode> {
  const nodes = new Set<SpanNode>();
  for (const segment of path)
    for (let node: SpanNode | undefined = segment.node; node && !nodes.has(node); node = node.parent)
      nodes.add(node);
  return nodes;
}

/** The groups, each before those below it. */
function groupsOf(roots: readonly SpanNode[], critical: ReadonlySet<SpanNode>): Group[] {
  const groups: Group[] = [];
  const open = folded(roots, undefined, critical);
  for (let group = open.pop(); group !== undefined; group = open.pop()) {
    groups.push(group);
    const children = group.nodes.flatMap((node) => node.children);
    for (const child of folded(children, group, critical)) open.push(child);
  }
  return groups;
}

/** Groups of siblings, the latest first. */
function folded(
  siblings: readonly SpanNode[],
  parent: Group | undefined,
  critical: ReadonlySet<SpanNode>,
): Group[] {
  const byName = Map.groupBy(
    siblings.toSorted((a, b) => a.startMs - b.startMs),
    ({ span }) => `${span.service}\0${span.name}`,
  );
  return [...byName.values()].reverse().map((nodes) => {
    const totalMs = nodes.reduce((sum, node) => sum + durationOf(node), 0);
    const errors = nodes.filter(isFailed).length;
    const isCritical = nodes.some((node) => critical.has(node));
    return {
      nodes,
      depth: parent === undefined ? 0 : parent.depth + 1,
      parent,
      totalMs,
      errors,
      isCritical,
      isProtected: isCritical || errors > 0,
      weightMs: totalMs,
      dropped: { spans: 0, errors: 0 },
    };
  });
}

const isFailed = ({ span }: SpanNode) => span.status === 'error';

/** Sorts what is kept longest to the front; of equal ones those above, which come first, stay there. */
const byWorth = (a: Group, b: Group) =>
  Number(b.isProtected) - Number(a.isProtected) || b.weightMs - a.weightMs;

function count(sum: { spans: number; errors: number }, { spans, errors }: Dropped): void {
  sum.spans += spans;
  sum.errors += errors;
}

function rowOf({ nodes, depth, totalMs, errors, isCritical, dropped }: Group): FoldedRow {
  const [slowest] = nodes.toSorted((a, b) => durationOf(b) - durationOf(a)) as [SpanNode];
  const failed = nodes.filter(isFailed).toSorted((a, b) => durationOf(b) - durationOf(a));
  const { span: example } = failed[0] ?? slowest;
  const { service, name } = example;
  return {
    depth,
    service,
    name,
    count: nodes.length,
    totalMs,
    slowestMs: durationOf(slowest),
    errors,
    isCritical,
    example,
    dropped,
  };
}
