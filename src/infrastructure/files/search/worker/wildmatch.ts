// These functions are a part of the worker's program, whose text is made of them: see search-worker.ts.

/** A byte, a set of bytes, or one of: -1 any byte but `/`, -2 any number of those, -3 any number of bytes, -4 the next two or nothing. */
export type WildToken = number | Uint8Array;

/**
 * Reads a pattern as git's wildmatch.c does (WM_PATHNAME), by bytes; undefined for one that never matches. Texts in which case does
 * not count have small letters when they are matched.
 * @param pattern each byte a character
 */
export function readWild(pattern: string, foldsCase: boolean): WildToken[] | undefined {
  const tokens: WildToken[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '?') tokens.push(-1);
    else if (character === '*') {
      const start = at;
      while (pattern.charAt(at + 1) === '*') at += 1;
      const isAlone = start === 0 || pattern.charAt(start - 1) === '/';
      const isPath = at > start && isAlone && /^(?:\\?\/|$)/.test(pattern.slice(at + 1));
      if (isPath && pattern.charAt(at + 1) === '/') tokens.push(-4);
      tokens.push(isPath ? -3 : -2);
    } else if (character === '[') {
      const read = readBrackets(pattern, at, foldsCase);
      if (read === undefined) return undefined;
      tokens.push(read.set);
      at = read.end;
    } else if (character === '\\') {
      at += 1;
      if (at === pattern.length) return undefined;
      tokens.push(pattern.charCodeAt(at)); // as it is, whatever becomes of case: so does git
    } else
      tokens.push((foldsCase && /[A-Z]/.test(character) ? character.toLowerCase() : character).charCodeAt(0));
  }
  return tokens;
}

/** Reads a set; undefined where it is malformed, which no text matches. */
function readBrackets(pattern: string, start: number, foldsCase: boolean) {
  const set = new Uint8Array(256);
  const add = (from: number, to: number) => {
    for (let byte = from; byte <= to; byte++) {
      set[byte] = 1;
      if (foldsCase && byte >= 65 && byte <= 90) set[byte + 32] = 1;
    }
  };
  let at = start + 1;
  const isNegated = pattern.charAt(at) === '!' || pattern.charAt(at) === '^';
  if (isNegated) at += 1;
  let before = 0;
  for (const first = at; at === first || pattern.charAt(at) !== ']'; at++) {
    const [name, word = ''] = /^\[:([^\]]*):\]/.exec(pattern.slice(at)) ?? [];
    if (at >= pattern.length || (pattern.startsWith('[:', at) && !pattern.includes(']', at + 2)))
      return undefined;
    if (name !== undefined) {
      const ranges = rangesOf(word, foldsCase);
      if (ranges === undefined) return undefined;
      for (let range = 0; range < ranges.length; range += 2)
        add(ranges.charCodeAt(range), ranges.charCodeAt(range + 1));
      at += name.length - 1;
      before = 0;
      continue;
    }
    const next = pattern.charAt(at + 1);
    const isRange = pattern.charAt(at) === '-' && before > 0 && next !== '' && next !== ']';
    if (isRange) at += 1;
    if (pattern.charAt(at) === '\\') at += 1;
    if (at >= pattern.length) return undefined;
    const byte = pattern.charCodeAt(at);
    if (isRange) add(before, byte);
    else set[byte] = 1;
    before = isRange ? 0 : byte;
  }
  if (isNegated) for (let byte = 0; byte < 256; byte++) set[byte] = set[byte] === 1 ? 0 : 1;
  set[47] = 0;
  return { set, end: at };
}

/** The members of a named set of ASCII, as pairs of first and last; undefined for no such name. */
function rangesOf(word: string, foldsCase: boolean): string | undefined {
  const sets: Record<string, string> = {
    alnum: '09AZaz',
    alpha: 'AZaz',
    blank: '  \t\t',
    cntrl: '\0\x1f\x7f\x7f',
    digit: '09',
    graph: '!~',
    lower: 'az',
    print: ' ~',
    punct: '!/:@[`{~',
    space: '  \t\r',
    upper: foldsCase ? 'AZaz' : 'AZ',
    xdigit: '09AFaf',
  };
  return Object.hasOwn(sets, word) ? sets[word] : undefined;
}

/** True if all of a text is matched; takes time that grows with its length times the pattern's, whatever they are. */
export function matchesWild(tokens: readonly WildToken[], text: string): boolean {
  const { length } = tokens;
  let states = new Uint8Array(length + 1);
  const enter = (into: Uint8Array, at: number) => {
    if (into[at] === 1) return;
    into[at] = 1;
    const token = tokens[at];
    if (token === -2 || token === -3 || token === -4) enter(into, at + 1);
    if (token === -4) enter(into, at + 3);
  };
  enter(states, 0);
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    const after = new Uint8Array(length + 1);
    let isAlive = false;
    for (let state = 0; state < length; state++) {
      if (states[state] === 0) continue;
      const token = tokens[state] as WildToken;
      const stays = token === -3 || (token === -2 && byte !== 47);
      const passes =
        typeof token === 'number' ? token === byte || (token === -1 && byte !== 47) : token[byte] === 1;
      if (!stays && !passes) continue;
      enter(after, stays ? state : state + 1);
      isAlive = true;
    }
    if (!isAlive) return false;
    states = after;
  }
  return states[length] === 1;
}

/** The rest of this part. */
export const wildMatching = [readWild, readBrackets, rangesOf, matchesWild];
