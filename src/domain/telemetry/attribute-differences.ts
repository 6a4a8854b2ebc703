import { logLikelihoodRatio, type Share } from './log-likelihood-ratio.ts';
import { type SpanNode, withDescendants } from './span-tree.ts';

/** A value of an attribute that more slow or failed traces have than normal ones. */
export interface AttributeDifference {
  /** The one whose spans have it. */
  readonly service: string;
  readonly attribute: string;
  readonly value: string;
  /** Traces that have it, and all of the group. */
  readonly slow: Share;
  readonly normal: Share;
  /** Share among the slow ones less share among the normal ones, above 0. */
  readonly difference: number;
  /** Log-likelihood ratio of the two. */
  readonly score: number;
}

/** Fewer traces in either group say nothing about attributes. */
const FEWEST_TRACES = 5;

/** Longer values are cut: what differs behind is not a value that people chose. */
const LONGEST_VALUE = 200;

/** Bounds memory: identifiers have a new value in each trace. */
const MOST_VALUES = 50_000;

/**
 * Finds values of attributes that go with being slow or failed, by service; the largest difference first, of equal ones the more
 * surprising. A trace counts once, however many of its spans have a value, and a value of a single slow trace not at all. None
 * where a group has fewer than 5 traces.
 */
export function attributeDifferences(
  slow: readonly SpanNode[],
  normal: readonly SpanNode[],
): AttributeDifference[] {
  if (Math.min(slow.length, normal.length) < FEWEST_TRACES) return [];
  const counts = new Map<string, Counts>();
  for (const root of slow) for (const found of valuesIn(root, counts)) found.slow += 1;
  for (const root of normal) for (const found of valuesIn(root, counts)) found.normal += 1;
  const differences: AttributeDifference[] = [];
  for (const { service, attribute, value, ...count } of counts.values()) {
    const shares = {
      slow: { count: count.slow, of: slow.length },
      normal: { count: count.normal, of: normal.length },
    };
    const difference = count.slow / slow.length - count.normal / normal.length;
    if (count.slow < 2 || difference <= 0) continue;
    const score = logLikelihoodRatio(shares.slow, shares.normal);
    differences.push({ service, attribute, value, ...shares, difference, score });
  }
  return differences.sort((a, b) => b.difference - a.difference || b.score - a.score);
}

interface Counts {
  readonly service: string;
  readonly attribute: string;
  readonly value: string;
  slow: number;
  normal: number;
}

/** The values that a trace has, each once. */
function valuesIn(root: SpanNode, counts: Map<string, Counts>): ReadonlySet<Counts> {
  const found = new Set<Counts>();
  for (const { span } of withDescendants(root)) {
    for (const [attribute, whole] of Object.entries(span.attributes)) {
      const value = whole.slice(0, LONGEST_VALUE);
      const key = `${span.service}\0${attribute}\0${value}`;
      const known = counts.get(key);
      if (known !== undefined) found.add(known);
      else if (counts.size < MOST_VALUES) {
        const made = { service: span.service, attribute, value, slow: 0, normal: 0 };
        counts.set(key, made);
        found.add(made);
      }
    }
  }
  return found;
}
