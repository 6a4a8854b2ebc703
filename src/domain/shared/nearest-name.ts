const LONGEST_NAME = 64;

/**
 * The candidate that a mistyped name most likely meant, or undefined when none is near.
 * Case counts for nothing, and neither does "-" against "_"; of equally near candidates the first wins.
 */
export function nearestName<Name extends string>(name: string, candidates: Iterable<Name>): Name | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const wanted = fold(name);
  let nearest: Name | undefined;
  let least = mostEdits(wanted) + 1;
  for (const candidate of candidates) {
    const edits = editDistance(wanted, fold(candidate), least);
    if (edits < least) {
      least = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

/** The end of a sentence about an unknown name: the one that was probably meant, or nothing. */
export function suggestionOf(
  name: string,
  candidates: Iterable<string>,
  write = (found: string) => found,
): string {
  const found = nearestName(name, candidates);
  return found === undefined ? '' : suggest(write(found));
}

/** The end of a sentence about what is wrong, with what was probably meant. */
export const suggest = (meant: string): string => `; did you mean ${JSON.stringify(meant)}?`;

function fold(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/** A third of the name may be wrong, so that short names don't turn into each other. */
function mostEdits(name: string): number {
  return Math.min(3, Math.max(1, Math.floor(name.length / 3)));
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps
 * of neighbours. Returns `limit` as soon as the names are known to be at least that far apart.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let edits = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, substitution);
      if (isSwap(a, row, b, column)) edits = Math.min(edits, at(beforePrevious, column - 2) + 1);
      current.push(edits);
    }
    if (Math.min(...current) >= limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(limit, at(previous, b.length));
}

function isSwap(a: string, row: number, b: string, column: number): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Number.POSITIVE_INFINITY;
}
