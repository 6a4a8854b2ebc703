import { type GroupDifferences, groupDifferences } from './group-differences.ts';
import { interleavedHalves } from './halves.ts';
import { logLikelihoodRatio, RARE_SURPRISE } from './log-likelihood-ratio.ts';
import { durationOf, type SpanNode, withDescendants } from './span-tree.ts';

/** Traces of one operation, slow or failed ones beside normal ones. */
export interface TraceGroups {
  /** Of the roots. */
  readonly service: string;
  readonly name: string;
  readonly kind: 'slow' | 'failed';
  readonly slow: readonly SpanNode[];
  readonly normal: readonly SpanNode[];
  readonly differences: GroupDifferences;
  /**
   * The largest difference of a self time between two halves of normal time, grouped in the same way: so much is chance. 0 where there
   * are no two traces to halve.
   */
  readonly placeboMs: number;
}

/** Traces taken for slow: the slowest fifth, but so many. */
const SLOW_PART = 0.2;
const FEWEST = 5;
const MOST = 20;

/**
 * Chooses among the traces after a moment those to compare with the traces before it: the slow ones of the operation that took most time
 * more than before, and the failed ones of that which failed most more often. None where no operation did.
 * @param before roots of whole traces
 * @param after the same
 */
export function traceGroups(before: readonly SpanNode[], after: readonly SpanNode[]): TraceGroups[] {
  const normal = Map.groupBy(before, operationOf);
  const operations = [...Map.groupBy(after, operationOf)].flatMap(([key, roots]) => {
    const usual = normal.get(key) ?? [];
    return usual.length > 0 ? [{ roots, usual, ...growthOf(roots, usual) }] : [];
  });
  const most = (key: 'slowdownMs' | 'failures') =>
    operations.filter((operation) => operation[key] > 0).sort((a, b) => b[key] - a[key])[0];
  const slow = most('slowdownMs');
  const failed = most('failures');
  return [
    ...(slow ? [groupsOf('slow', slow, slowest)] : []),
    ...(failed ? [groupsOf('failed', failed, failedOnes)] : []),
  ];
}

interface Operation {
  readonly roots: readonly SpanNode[];
  readonly usual: readonly SpanNode[];
}

const operationOf = ({ span }: SpanNode) => `${span.service}\0${span.name}`;

/** The time and the failures that are more than so many traces had before. */
function growthOf(roots: readonly SpanNode[], usual: readonly SpanNode[]) {
  const failures = { count: failedOnes(roots).length, of: roots.length };
  const usually = { count: failedOnes(usual).length, of: usual.length };
  const isSurprising = logLikelihoodRatio(usually, failures) >= RARE_SURPRISE;
  return {
    slowdownMs: totalMs(roots) - (totalMs(usual) * roots.length) / usual.length,
    failures: isSurprising ? failures.count - (usually.count * failures.of) / usually.of : 0,
  };
}

function groupsOf(
  kind: TraceGroups['kind'],
  { roots, usual }: Operation,
  choose: (roots: readonly SpanNode[]) => readonly SpanNode[],
): TraceGroups {
  const [{ span }] = roots as [SpanNode];
  const slow = choose(roots).slice(0, MOST);
  const normal = nearMedian(usual);
  const [one, other] = interleavedHalves(usual, ({ span }) => span.traceId);
  const chance = [differenceOf(one, other), differenceOf(other, one)];
  function differenceOf(a: readonly SpanNode[], b: readonly SpanNode[]): number {
    const like = kind === 'slow' ? slowest(a) : nearMedian(a);
    return a.length > 0 && b.length > 0
      ? (groupDifferences(like, nearMedian(b)).times[0]?.differenceMs ?? 0)
      : 0;
  }
  return {
    service: span.service,
    name: span.name,
    kind,
    slow,
    normal,
    differences: groupDifferences(slow, normal),
    placeboMs: Math.max(...chance),
  };
}

const totalMs = (roots: readonly SpanNode[]) => roots.reduce((sum, root) => sum + durationOf(root), 0);

const byDuration = (a: SpanNode, b: SpanNode) => durationOf(b) - durationOf(a);

function slowest(roots: readonly SpanNode[]): SpanNode[] {
  const count = Math.min(Math.max(Math.ceil(roots.length * SLOW_PART), FEWEST), MOST);
  return roots.toSorted(byDuration).slice(0, count);
}

/** Traces whose root failed; where roots don't tell, those in which anything failed. */
function failedOnes(roots: readonly SpanNode[]): SpanNode[] {
  const failed = roots.filter(({ span }) => span.status === 'error');
  const some =
    failed.length > 0
      ? failed
      : roots.filter((root) => withDescendants(root).some(({ span }) => span.status === 'error'));
  return some.toSorted(byDuration);
}

/** Those in the middle by duration, of the ones that did not fail if there are such. */
function nearMedian(roots: readonly SpanNode[]): SpanNode[] {
  const good = roots.filter(({ span }) => span.status !== 'error');
  const sorted = (good.length > 0 ? good : roots).toSorted(byDuration);
  const first = Math.max(0, (sorted.length >> 1) - MOST / 2);
  return sorted.slice(first, first + MOST);
}
