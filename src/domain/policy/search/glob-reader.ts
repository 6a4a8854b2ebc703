/** A piece of a glob. */
export interface GlobPart {
  /** The one character it stands for; absent where it stands for more. */
  readonly text?: string;
  readonly source: string;
  /** Of brackets: their very characters, which names hold too. */
  readonly itself?: string;
  readonly isStar?: boolean;
}

const STAR: GlobPart = { source: '[^/]*', isStar: true };
const ANY: GlobPart = { source: '[^/]' };
const MOST_ALTERNATIVES = 1000;

/** Characters of the expression that all alternatives make; the engine takes as long for a Unicode property as for hundreds. */
const MOST_WEIGHT = 65_536;
const PROPERTY_WEIGHT = 500;

/** Of braces inside of each other: what is within is looked at on each level. */
const MOST_LEVELS = 32;

const SETS: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '\\p{P}\\p{S}',
  xdigit: '0-9A-Fa-f',
  word: '\\p{L}\\p{N}_',
};

/** Of a named set or what was meant as one, with its colons and brackets. */
const LONGEST_SET = 24;

/** Reads a glob into the sequences that its braces stand for. */
export class GlobReader {
  /** Its fault, and the right way to write it. */
  problem: string | undefined;
  private readonly glob: readonly string[];
  private at = 0;
  private level = 0;

  constructor(glob: string) {
    this.glob = [...glob];
  }

  alternatives(): GlobPart[][] {
    const found = this.sequence('');
    return this.problem === undefined ? found : [];
  }

  /** @param ends characters that end it, within braces */
  private sequence(ends: string): GlobPart[][] {
    let all: GlobPart[][] = [[]];
    let weight = 0;
    for (;;) {
      const character = this.glob[this.at];
      if (character === undefined || (ends !== '' && ends.includes(character))) return all;
      const next = this.next(character);
      weight = weight * next.length + all.length * weightOf(next);
      this.requireFew(all.length * next.length, weight);
      if (this.problem !== undefined) return [];
      const [only] = next;
      if (next.length === 1 && only) for (const before of all) before.push(...only);
      else all = all.flatMap((before) => next.map((after) => [...before, ...after]));
    }
  }

  /** Before they are made: a pattern of a thousand characters can stand for a million. */
  private requireFew(alternatives: number, weight: number): void {
    if (alternatives > MOST_ALTERNATIVES)
      this.problem ??= `its braces stand for more than ${MOST_ALTERNATIVES} patterns; write it with "*"`;
    if (weight > MOST_WEIGHT)
      this.problem ??= 'its braces and brackets stand for too much text; write it shorter, with "*"';
  }

  private next(character: string): GlobPart[][] {
    if (character === '{') return this.braces();
    if (character === '[') return [[this.brackets()]];
    this.at += 1;
    if (character === '*') return [[STAR]];
    if (character === '?') return [[ANY]];
    const escaped = character === '\\' ? this.glob[this.at] : undefined;
    if (escaped !== undefined) this.at += 1;
    return [[plain(escaped ?? character)]];
  }

  private braces(): GlobPart[][] {
    const start = this.at;
    const choices: GlobPart[][][] = [];
    let alternatives = 0;
    this.level += 1;
    if (this.level > MOST_LEVELS)
      this.problem ??= `it has more than ${MOST_LEVELS} braces inside of each other; write "[{]" for the character itself`;
    if (this.problem !== undefined) return [];
    do {
      this.at += 1;
      choices.push(this.sequence(',}'));
      alternatives += choices.at(-1)?.length ?? 0;
      this.requireFew(alternatives, 0);
    } while (this.glob[this.at] === ',');
    this.level -= 1;
    if (this.glob[this.at] !== '}') {
      this.problem ??= 'a "{" is not closed; write "[{]" for the character itself';
      return [];
    }
    this.at += 1;
    if (choices.length > 1) return choices.flat();
    const inner = this.glob.slice(start + 1, this.at - 1).join('');
    const range = rangeOf(inner);
    if (range) return range.map((value) => [...value].map(plain));
    return (choices[0] ?? []).map((parts) => [plain('{'), ...parts, plain('}')]);
  }

  private brackets(): GlobPart {
    const start = this.at;
    const isNegated = /[!^]/.test(this.glob[start + 1] ?? '');
    let at = start + (isNegated ? 2 : 1);
    let members = '';
    for (const first = at; this.glob[at] !== ']' || at === first; ) {
      const [set, name = ''] = /^\[:(\w+):\]/.exec(this.glob.slice(at, at + LONGEST_SET).join('')) ?? [];
      const character = this.glob[at];
      if (character === undefined || character === '/') {
        this.problem ??= this.glob.includes(']', at)
          ? 'a "/" in brackets stands for nothing, since names have none; leave it out, or write "[[]" for the character "["'
          : 'a "[" is not closed; write "[[]" for the character itself';
        return ANY;
      }
      if (set !== undefined) {
        if (!Object.hasOwn(SETS, name))
          this.problem ??= `"${set}" is no set of characters; there are ${Object.keys(SETS).join(', ')}`;
        members += SETS[name] ?? '';
        at += set.length;
      } else if (character === '-' && at > first && this.glob[at + 1] !== ']') {
        members += '-';
        at += 1;
      } else {
        if (character === '\\' && this.glob[at + 1] !== undefined) at += 1;
        members += quoted(this.glob[at] as string);
        at += 1;
      }
    }
    this.at = at + 1;
    const source = `(?!/)[${isNegated ? '^' : ''}${members}]`;
    if (!isExpression(source))
      this.problem ??= `"${this.glob.slice(start, this.at).join('')}" is no range of characters; write "[[]" for the character "[" itself`;
    return {
      source,
      itself: this.glob
        .slice(start, this.at)
        .map((one) => plain(one).source)
        .join(''),
    };
  }
}

function weightOf(alternatives: readonly (readonly GlobPart[])[]): number {
  let weight = 0;
  for (const parts of alternatives)
    for (const { source } of parts)
      weight += source.length + (source.length > 4 ? source.split('\\p').length - 1 : 0) * PROPERTY_WEIGHT;
  return weight;
}

const quoted = (character: string) =>
  /[\^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;

/** A character that stands for itself, and a space for all that look like one: in the names of macOS' screenshots it is U+202F. */
export const plain = (character: string): GlobPart => ({ text: character, source: sourceOf(character) });

function sourceOf(character: string): string {
  if (/[\s\u0085]/.test(character)) return '[\\s\\u0085]';
  return character === '-' ? character : quoted(character);
}

/** The numbers of `1..9`, or the letters of `a..e`. */
function rangeOf(inner: string): string[] | undefined {
  const [, from = '', to = ''] = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(inner) ?? [];
  const [, first = '', last = ''] = /^([A-Za-z])\.\.([A-Za-z])$/.exec(inner) ?? [];
  if (from === '' && first === '') return undefined;
  const [low = 0, high = 0] =
    from === '' ? [first.charCodeAt(0), last.charCodeAt(0)] : [Number(from), Number(to)];
  const length = Math.min(Math.abs(high - low), MOST_ALTERNATIVES) + 1;
  const values = Array.from({ length }, (_, step) => low + (high < low ? -step : step));
  return values.map((value) => (from === '' ? String.fromCharCode(value) : String(value)));
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
