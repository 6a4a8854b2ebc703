import type { Span } from './span.ts';
import { durationOf, isAsynchronous, isRemoteCall, type SpanNode } from './span-tree.ts';

/** A stretch of a request's time that one span, and none that it waited for, took. */
export interface PathSegment {
  readonly node: SpanNode;
  /** The span whose time it is: of a client, its remote child, since the way there and the queue before it are the callee's. */
  readonly credited: Span;
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  /** After the beginning. */
  readonly toMs: number;
}

/** Time on critical paths of the spans of one service and name. */
export interface SelfTime {
  readonly service: string;
  readonly name: string;
  readonly ms: number;
}

/**
 * Finds what a root waited for, from its beginning to its end, without gaps: the method of CRISP (Zhang and others, "CRISP: Critical
 * Path Analysis of Large-Scale Microservice Architectures", USENIX ATC 2022), which goes back from the end by the child that finished
 * last. It departs in two things. A child that overlaps with the one behind it counts up to where that begins, where CRISP drops it
 * as concurrent: its caller would be blamed for its time. And the gap between a client span and its remote child is credited to
 * the callee: a delay in the network, a queue or a proxy of a service shows nowhere else.
 */
export function criticalPath(root: SpanNode): PathSegment[] {
  const segments: PathSegment[] = [];
  const frames = [frameOf(root, root.startMs, root.endMs)];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const child = frame.children.pop();
    const toMs = frame.untilMs;
    if (child === undefined) {
      add(segments, frame, frame.fromMs, toMs);
      frames.pop();
      continue;
    }
    const endMs = Math.min(child.endMs, toMs);
    const startMs = Math.max(child.startMs, frame.fromMs);
    if (startMs >= endMs) continue;
    add(segments, frame, endMs, toMs);
    frame.untilMs = startMs;
    if (child.children.length > 0) frames.push(frameOf(child, startMs, endMs));
    else add(segments, { node: child, credited: child.span }, startMs, endMs);
  }
  return segments.reverse();
}

/** Sums a path by service and span name, most time first. */
export function selfTimes(path: readonly PathSegment[]): SelfTime[] {
  const times = new Map<string, { readonly service: string; readonly name: string; ms: number }>();
  for (const { credited, fromMs, toMs } of path) {
    const { service, name } = credited;
    const key = `${service}\0${name}`;
    const time = times.get(key);
    if (time === undefined) times.set(key, { service, name, ms: toMs - fromMs });
    else time.ms += toMs - fromMs;
  }
  return [...times.values()].sort((a, b) => b.ms - a.ms);
}

interface Frame {
  readonly node: SpanNode;
  readonly credited: Span;
  readonly fromMs: number;
  /** The part behind has its segments already. */
  untilMs: number;
  /** Children that were waited for, the last to finish at the end. */
  readonly children: SpanNode[];
}

function frameOf(node: SpanNode, fromMs: number, untilMs: number): Frame {
  const children = node.children.filter((child) => !isAsynchronous(child)).sort((a, b) => a.endMs - b.endMs);
  const callees = node.span.kind === 'client' ? children.filter(isRemoteCall) : [];
  const callee = callees.reduce<SpanNode | undefined>(longer, undefined);
  return { node, credited: (callee ?? node).span, fromMs, untilMs, children };
}

const longer = (a: SpanNode | undefined, b: SpanNode) => (a && durationOf(a) >= durationOf(b) ? a : b);

function add(
  segments: PathSegment[],
  { node, credited }: Pick<PathSegment, 'node' | 'credited'>,
  fromMs: number,
  toMs: number,
): void {
  if (toMs > fromMs) segments.push({ node, credited, fromMs, toMs });
}
