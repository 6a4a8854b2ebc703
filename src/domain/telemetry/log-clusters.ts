import type { LogWord, LogWords } from './log-words.ts';

/** Lines of a cluster that have the same words wherever it can still be split. */
export interface ClusterPart {
  /** The wildcard stands where the cluster can't be split. */
  readonly words: readonly LogWord[];
  count: number;
}

/** Lines of the same number of words that are alike. */
export interface LogCluster {
  /** Words of the first line. */
  readonly words: readonly LogWord[];
  /** At each place: undefined while all lines agree, then the plain words seen, then `any` if values or too many are among them. */
  readonly variants: (Set<LogWord> | 'any' | undefined)[];
  readonly parts: ByWords<ClusterPart>;
}

/** Different plain words at one place that are told apart, at most. */
export const MOST_VARIANTS = 4;

/** Share of words that may be different in lines that are alike: 4 of 5 must be the same. */
const MOST_DIFFERENT = 1 / 5;
/** The same where there are so many clusters that words which differ must be names. */
const MOST_IN_FULL_LEAF = 1 / 2;

/** Bounds of memory and time, far above what an hour's log of a system needs. */
const MOST_CLUSTERS = 2000;
const MOST_IN_LEAF = 100;
const MOST_PARTS_OF_ONE = 256;
const MOST_PARTS = 20_000;
const MOST_REMEMBERED = 10_000;

/**
 * The clusters of Drain (He, Zhu, Zheng, Lyu: "Drain: an online log parsing approach with fixed depth tree", ICWS 2017): a tree of
 * fixed depth leads by the number of words and the first word to a few clusters, and a line joins the most similar one. It departs
 * in what similarity counts: plain words alone. Values, and named values of one name, vary without making lines different, so
 * the threshold can be high (0.8 instead of 0.4). A cluster remembers which words it saw where, so that it can be split later.
 */
export class LogClusters {
  readonly all: LogCluster[] = [];
  private readonly words: LogWords;
  private readonly leaves = new Map<number, LogCluster[]>();
  private readonly remembered = new ByWords<ClusterPart>();
  private parts = 0;

  constructor(words: LogWords) {
    this.words = words;
  }

  /** Adds a line. @returns its part, or undefined where there are too many clusters to make one for it */
  add(words: readonly LogWord[]): ClusterPart | undefined {
    const part = this.remembered.get(words) ?? this.place(words);
    if (part === undefined) return undefined;
    part.count += 1;
    return part;
  }

  private place(words: readonly LogWord[]): ClusterPart | undefined {
    const leaf = this.leafOf(words);
    const cluster =
      mostSimilar(leaf, words, MOST_DIFFERENT) ??
      this.open(leaf, words) ??
      mostSimilar(leaf, words, MOST_IN_FULL_LEAF);
    if (cluster === undefined) return undefined;
    noteVariants(cluster, words);
    if (cluster.parts.size >= MOST_PARTS_OF_ONE || this.parts >= MOST_PARTS) forgetVariants(cluster);
    const splittable = words.map((word, at) =>
      cluster.variants[at] === 'any' ? this.words.varied(word) : word,
    );
    const part = cluster.parts.get(splittable) ?? this.openPart(cluster, splittable);
    if (this.remembered.size < MOST_REMEMBERED) this.remembered.set(words, part);
    return part;
  }

  private leafOf(words: readonly LogWord[]): LogCluster[] {
    const [first] = words;
    const key = words.length + 64 * (first?.isPlain ? first.id + 1 : 0);
    const known = this.leaves.get(key);
    if (known !== undefined) return known;
    const leaf: LogCluster[] = [];
    if (this.all.length < MOST_CLUSTERS) this.leaves.set(key, leaf);
    return leaf;
  }

  private open(leaf: LogCluster[], words: readonly LogWord[]): LogCluster | undefined {
    if (this.all.length >= MOST_CLUSTERS || leaf.length >= MOST_IN_LEAF) return undefined;
    const cluster = { words, variants: words.map(() => undefined), parts: new ByWords<ClusterPart>() };
    leaf.push(cluster);
    this.all.push(cluster);
    return cluster;
  }

  private openPart({ parts }: LogCluster, words: readonly LogWord[]): ClusterPart {
    const part = { words, count: 0 };
    parts.set(words, part);
    this.parts += 1;
    return part;
  }
}

/** The most similar cluster of those that are similar enough; of equal ones, that which varies in most places. */
function mostSimilar(
  clusters: readonly LogCluster[],
  words: readonly LogWord[],
  mostDifferent: number,
): LogCluster | undefined {
  let best: LogCluster | undefined;
  let least = mostDifferent;
  let most = -1;
  for (const cluster of clusters) {
    const { share, varying } = difference(cluster, words, least);
    if (share > least || (share === least && varying <= most)) continue;
    best = cluster;
    least = share;
    most = varying;
  }
  return best;
}

/** The share of words that are different, of those that count; 1 where it is more than the most. */
function difference(cluster: LogCluster, words: readonly LogWord[], most: number) {
  let same = 0;
  let different = 0;
  let varying = 0;
  for (let at = 0; at < words.length; at += 1) {
    const mine = cluster.words[at] as LogWord;
    const word = words[at] as LogWord;
    const isVarying = cluster.variants[at] !== undefined;
    if (isVarying) varying += 1;
    if (!isVarying && mine === word) same += word.isPlain || word.name !== '' ? 1 : 0;
    else if (!mayVary(mine, word)) {
      different += 1;
      if (different > most * words.length) return { share: 1, varying }; // whatever the rest is
    }
  }
  return { share: different / Math.max(1, same + different), varying };
}

/** Two values, or values of one name: they can differ in lines that are the same otherwise. */
const mayVary = (a: LogWord, b: LogWord) =>
  a.name === b.name && (a.name !== '' || (!a.isPlain && !b.isPlain));

function noteVariants(cluster: LogCluster, words: readonly LogWord[]): void {
  for (let at = 0; at < words.length; at += 1) {
    const mine = cluster.words[at] as LogWord;
    const word = words[at] as LogWord;
    const variants = cluster.variants[at];
    if (variants === 'any' || (variants === undefined && mine === word)) continue;
    if (!word.isPlain || !mine.isPlain) cluster.variants[at] = 'any';
    else if (variants === undefined) cluster.variants[at] = new Set([mine, word]);
    else if (variants.add(word).size > MOST_VARIANTS) cluster.variants[at] = 'any';
  }
}

function forgetVariants({ variants }: LogCluster): void {
  for (const [at, found] of variants.entries()) if (found !== undefined) variants[at] = 'any';
}

/** Values by lists of words. */
class ByWords<T> {
  private readonly entries = new Map<number, { readonly words: readonly LogWord[]; readonly value: T }[]>();
  size = 0;

  get(words: readonly LogWord[]): T | undefined {
    return this.entries.get(hashOf(words))?.find((entry) => isSame(entry.words, words))?.value;
  }

  /** Adds words that aren't there yet. */
  set(words: readonly LogWord[], value: T): void {
    const hash = hashOf(words);
    const entries = this.entries.get(hash);
    if (entries === undefined) this.entries.set(hash, [{ words, value }]);
    else entries.push({ words, value });
    this.size += 1;
  }

  values(): T[] {
    return [...this.entries.values()].flatMap((entries) => entries.map(({ value }) => value));
  }
}

function hashOf(words: readonly LogWord[]): number {
  let hash = words.length;
  for (const { id } of words) hash = Math.imul(hash, 0x0100_0193) ^ id;
  return hash;
}

const isSame = (a: readonly LogWord[], b: readonly LogWord[]) =>
  a.length === b.length && a.every((word, at) => word === b[at]);
