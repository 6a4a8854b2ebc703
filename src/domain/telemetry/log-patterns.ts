import { type ClusterPart, type LogCluster, LogClusters, MOST_VARIANTS } from './log-clusters.ts';
import { type LogWord, LogWords } from './log-words.ts';

/** Log lines of one form. */
export interface LogPattern {
  /** The words, with `<*>` for what varies. */
  readonly text: string;
  /** Lines that have it, at least 1. */
  readonly count: number;
  /** The same for patterns that differ only in words that were found to say different things. */
  readonly template: number;
}

export interface LogPatterns {
  /** Most lines first. */
  readonly patterns: readonly LogPattern[];
  /** For each line the index of its pattern; -1: there were too many different lines before it. */
  readonly patternOf: readonly number[];
}

/** A variant is one that was said so often: by a part of its cluster's lines, or so many of them, whichever is less. */
const LEAST_SHARE = 0.05;
const LEAST_LINES = 3;

/** Places where a cluster is split, at most. */
const MOST_SPLITS = 3;

/** More words than this are names, if the lines have at least so many others in common. */
const NAMES = [
  { variants: MOST_VARIANTS, inCommon: 3 },
  { variants: 50, inCommon: 1 },
];

/**
 * Groups log lines by their form. Lines are masked and clustered as in Drain (see `LogClusters`). Then the clusters are corrected by
 * what is known only after the last line, which Drain, made for streams, can't: where a cluster differs in 2 to 4 plain words, these
 * say different things ("startup succeeded", "shutdown succeeded"), and it is split; where more than 4 patterns differ in one plain
 * word only, that word is a name, and they are merged. Time and memory are bounded for any lines.
 */
export function findLogPatterns(lines: Iterable<string>): LogPatterns {
  const words = new LogWords();
  const clusters = new LogClusters(words);
  const partOf = Array.from(lines, (line) => clusters.add(words.wordsOf(line)));

  const found = clusters.all.flatMap((cluster, template) => split(cluster, template, words));
  mergeNames(found, words.wildcard);
  const groups = [...new Set(found.map(rootOf))].sort((a, b) => b.count - a.count);

  const indexOf = new Map<ClusterPart, number>();
  const places = new Map(groups.map((group, index) => [group, index]));
  for (const group of found)
    for (const part of group.parts) indexOf.set(part, places.get(rootOf(group)) as number);
  return {
    patterns: groups.map(({ words, count, template }) => ({ text: textOf(words), count, template })),
    patternOf: partOf.map((part) => (part === undefined ? -1 : (indexOf.get(part) as number))),
  };
}

const textOf = (words: readonly LogWord[]) =>
  words
    .map(({ text }) => text)
    .join(' ')
    .toWellFormed();

interface Group {
  readonly template: number;
  readonly words: LogWord[];
  count: number;
  readonly parts: readonly ClusterPart[];
  /** The group that it became a part of. */
  into?: Group;
}

function rootOf(group: Group): Group {
  let root = group;
  while (root.into !== undefined) root = root.into;
  return root;
}

function split({ variants, parts }: LogCluster, template: number, words: LogWords): Group[] {
  const groups: Group[] = [];
  const open = [{ some: parts.values(), splits: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { some, splits } = next;
    const byVariant = splits < MOST_SPLITS ? fewestVariants(variants, some) : undefined;
    if (byVariant === undefined)
      groups.push({ template, words: commonWords(some, words), count: countOf(some), parts: some });
    else open.push(...byVariant.reverse().map((variant) => ({ some: variant, splits: splits + 1 })));
  }
  return groups;
}

/** Parts by their word at the place with fewest variants, each said often enough; undefined: there is no such place. */
function fewestVariants(
  variants: LogCluster['variants'],
  parts: readonly ClusterPart[],
): ClusterPart[][] | undefined {
  const least = Math.min(LEAST_LINES, LEAST_SHARE * countOf(parts));
  let fewest: ClusterPart[][] | undefined;
  for (const [at, found] of variants.entries()) {
    if (found === undefined || found === 'any') continue;
    const byWord = [...Map.groupBy(parts, ({ words }) => words[at] as LogWord).values()];
    if (byWord.length < 2 || byWord.length >= (fewest?.length ?? Number.POSITIVE_INFINITY)) continue;
    if (byWord.every((some) => countOf(some) >= least)) fewest = byWord;
  }
  return fewest;
}

const countOf = (parts: readonly ClusterPart[]) => parts.reduce((sum, { count }) => sum + count, 0);

function commonWords(parts: readonly ClusterPart[], words: LogWords): LogWord[] {
  const [first, ...others] = parts as [ClusterPart, ...ClusterPart[]];
  return first.words.map((word, at) => {
    const different = others.filter((part) => part.words[at] !== word);
    if (different.length === 0) return word;
    return different.every((part) => part.words[at]?.name === word.name)
      ? words.varied(word)
      : words.wildcard;
  });
}

/** Merges groups that differ in one plain word only, where these are too many to say different things. */
function mergeNames(groups: readonly Group[], wildcard: LogWord): void {
  for (const { at, some } of almostSame(groups, wildcard)) {
    const [first, ...others] = some.filter(({ into }) => into === undefined);
    const variants = some.filter(({ words }) => words[at] !== wildcard).length;
    const inCommon = first?.words.filter(({ isPlain }, place) => isPlain && place !== at).length ?? 0;
    if (
      first === undefined ||
      !NAMES.some((least) => variants > least.variants && inCommon >= least.inCommon)
    )
      continue;
    first.words[at] = wildcard;
    for (const other of others) {
      other.into = first;
      first.count += other.count;
    }
  }
}

/** Groups that have the same words but at one place, where they have plain ones or the wildcard. */
function almostSame(
  groups: readonly Group[],
  wildcard: LogWord,
): Iterable<{ readonly at: number; readonly some: Group[] }> {
  const byRest = new Map<string, { readonly at: number; readonly some: Group[] }>();
  for (const group of groups) {
    const ids = group.words.map(({ id }) => `${id} `);
    const all = ids.join('');
    let from = 0;
    for (const [at, word] of group.words.entries()) {
      const to = from + (ids[at] as string).length;
      if (word.isPlain || word === wildcard) {
        const rest = `${all.slice(0, from)}* ${all.slice(to)}`;
        const known = byRest.get(rest);
        if (known === undefined) byRest.set(rest, { at, some: [group] });
        else known.some.push(group);
      }
      from = to;
    }
  }
  return byRest.values();
}
