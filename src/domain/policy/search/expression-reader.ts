import { effortOfAny, effortOfBrackets, effortOfClass } from './character-effort.ts';
import {
  type CompileEffort,
  effortOfNothing,
  effortOfUnknown,
  inSequence,
  isTooMuch,
  lookingAround,
  oneOf,
  repeated,
} from './compile-effort.ts';
import { foreignEscapes } from './expression-dialects.ts';
import { byNumber, LINE_FEED, oneCharacter, type Part } from './expression-part.ts';
import {
  acrossLines,
  endOfLine,
  foreign,
  invalid,
  misplaced,
  refuseForeignGroup,
  refuseMissingGroup,
  refuseNestedSets,
  refusePosixSet,
  refuseSetDifference,
  refuseSetOperation,
  tooManyWays,
} from './expression-refusals.ts';
import { numberedEscape } from './numbered-escape.ts';
import { beginsWithCount, readQuantifier } from './quantifier.ts';

/** A regular expression that means by code points what was written, for a flag `u` (ECMAScript, section 22.2). */
export interface ReadExpression {
  readonly source: string;
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
}

/**
 * Reads a JavaScript regular expression as it is written by hand, with literal braces and needless escapes, which the flag `u`
 * refuses (ECMAScript, annex B.1.2), and with `(?i)`, `(?m)` and `(?s)` in front. What is no expression at all is left to the
 * engine to refuse.
 * @throws DomainError `search.content-invalid` for what only another dialect means so, or what no single line can match
 */
export function readExpression(written: string): ReadExpression {
  const [front = ''] = /^(?:\(\?[ims]+\))*/.exec(written) ?? [];
  const reader = new ExpressionReader(written.slice(front.length));
  return { source: reader.read(), ignoresCase: front.includes('i'), isMultiline: front.includes('m') };
}

const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;
/** All that a line holds: JavaScript's own `.` leaves out U+000D, U+2028 and U+2029, which other tools see as part of a line. */
const ANY = '[^\\n]';

/** An unclosed bracket goes to the end: looked for again from each bracket, it takes the square of the length. */
const BRACKETS_OR_ESCAPE = /\\.|\[(?:\\.|[^\]\\])*(?:\]|\\?$)/gsu;

/** Names of groups and properties are no longer, so that none is looked for to the end. */
const NAME = '{0,100}';
const GROUP_HEAD = new RegExp(`^\\((?:\\?(?:[:=!]|<[=!]|<[^>=!]${NAME}>))?`);
const PROPERTY = new RegExp(`^\\\\([pP]\\{[^}]${NAME}\\})`);
const NAMED_REFERENCE_OR_LETTER = new RegExp(`^\\\\(k<[^>]${NAME}>|[bBfnrtv])`);

/** More would overflow the stack, here or in the engine. */
const MOST_LEVELS = 250;

/** Each takes the engine some tenths of a millisecond, and nobody else is served meanwhile. */
const MOST_PROPERTIES = 64;

const CARRIAGE_RETURN = 13;
const BACKSLASH = 92;

class ExpressionReader {
  private readonly written: string;
  private readonly groups: number;
  private readonly hasNames: boolean;
  private at = 0;
  private level = 0;
  private properties = 0;

  constructor(written: string) {
    this.written = written;
    const bare = written.replace(BRACKETS_OR_ESCAPE, '_');
    this.groups = bare.match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0;
    this.hasNames = /\(\?<(?![=!])/.test(bare);
  }

  read(): string {
    let text = '';
    let breaks = true;
    for (;;) {
      const part = this.alternatives();
      if (isTooMuch(part.effort)) throw tooManyWays();
      text += part.text;
      breaks &&= part.breaks === true;
      if (this.isAtEnd) break;
      text += this.take(1); // a ")" that closes nothing
    }
    if (breaks && this.written !== '') throw acrossLines();
    return text;
  }

  private get isAtEnd(): boolean {
    return this.at >= this.written.length;
  }

  private get rest(): string {
    return this.written.slice(this.at);
  }

  private peek(text: string): boolean {
    return this.written.startsWith(text, this.at);
  }

  private take(length: number): string {
    this.at += length;
    return this.written.slice(this.at - length, this.at);
  }

  private alternatives(): Part {
    let text = '';
    let breaks = true;
    let consumes = true;
    const efforts: CompileEffort[] = [];
    for (;;) {
      const part = this.sequence();
      text += part.text;
      efforts.push(part.effort);
      breaks &&= part.breaks === true;
      consumes &&= part.consumes === true;
      if (!this.peek('|')) return { text, effort: oneOf(efforts), breaks, consumes };
      text += this.take(1);
    }
  }

  private sequence(): Part {
    let text = '';
    let effort = effortOfNothing;
    let breaks = false;
    let consumes = false;
    let isEnded = false;
    while (!this.isAtEnd && !this.peek('|') && !this.peek(')')) {
      const part = this.repeated();
      if (part.text === '^' && consumes && !breaks) throw misplaced('^', 'beginning');
      if (isEnded && part.consumes && !part.breaks) throw misplaced('$', 'end');
      isEnded ||= part.text === '$';
      text += part.text;
      effort = inSequence(effort, part.effort);
      breaks ||= part.breaks === true;
      consumes ||= part.consumes === true;
    }
    return { text, effort, breaks, consumes };
  }

  private repeated(): Part {
    const part = this.one();
    const quantifier = readQuantifier(this.rest);
    if (!quantifier) {
      if (part.code === CARRIAGE_RETURN && this.peek('$')) throw endOfLine();
      return part;
    }
    const { text, least, most } = quantifier;
    this.at += text.length;
    return {
      text: (part.looks ? `(?:${part.text})` : part.text) + text,
      effort: repeated(part.effort, least, most),
      breaks: part.breaks === true && least > 0,
      consumes: part.consumes === true && least > 0,
    };
  }

  private one(): Part {
    const character = String.fromCodePoint(this.written.codePointAt(this.at) as number);
    if (character === '(') return this.group();
    if (character === '[') return this.brackets();
    if (character === '\\') return this.escape(false);
    if (beginsWithCount(this.rest)) return { text: this.take(1), effort: effortOfNothing }; // of nothing
    this.at += character.length;
    if (character === '.') return { text: ANY, effort: effortOfAny, consumes: true };
    const code = character.codePointAt(0) as number;
    if (/[{}\]]/.test(character)) return oneCharacter(code, `\\${character}`);
    if (SYNTAX.test(character) && character !== '/') return { text: character, effort: effortOfNothing };
    return oneCharacter(code, character);
  }

  private group(): Part {
    const head = GROUP_HEAD.exec(this.rest)?.[0] as string;
    if (head === '(') refuseForeignGroup(this.rest);
    this.at += head.length;
    this.level += 1;
    if (this.level > MOST_LEVELS) throw invalid(`got more than ${MOST_LEVELS} groups inside of each other`);
    const inner = this.alternatives();
    this.level -= 1;
    const text = head + inner.text + (this.peek(')') ? this.take(1) : '');
    const looks = /^\(\?[=!]/.test(head);
    const effort = /[=!]$/.test(head) ? lookingAround(inner.effort) : inner.effort;
    return {
      text,
      effort,
      looks,
      breaks: inner.breaks === true && !head.endsWith('!'),
      consumes: inner.consumes === true && !/[=!]$/.test(head),
    };
  }

  private brackets(): Part {
    if (/^\[:\w+:\]/.test(this.rest)) refusePosixSet(this.rest);
    const head = this.take(this.rest.startsWith('[^') ? 2 : 1);
    if (head === '[' && this.peek(']'))
      throw foreign('[]', '"\\]" for the character; empty brackets match nothing');
    if (head === '[^' && /^\](?!\[)[^[\]\\]+\]/.test(this.rest))
      throw foreign('[^]', '"[^\\]…]" for all but "]" and others; "[^]" is any character');
    const members: Part[] = [];
    let text = head;
    while (!this.isAtEnd && !this.peek(']')) {
      refusePosixSet(this.rest);
      if (members.length > 0) refuseSetOperation(this.rest);
      const from = this.member();
      if (from.isSet) refuseSetDifference(this.rest);
      const isRange = /^-(?!\]|$)/.test(this.rest);
      text += from.text;
      members.push(from);
      if (!isRange) continue;
      this.at += 1;
      const to = this.member();
      text += (from.isSet || to.isSet ? '\\-' : '-') + to.text;
      members.push(to);
      refuseSetDifference(this.rest);
    }
    text += this.peek(']') ? this.take(1) : '';
    if (members.length > 1 && members[0]?.text === '[') refuseNestedSets(this.rest);
    const isBreak = members.every(({ code }) => code === LINE_FEED || code === CARRIAGE_RETURN);
    const breaks = head === '[' && isBreak && members.some(({ code }) => code === LINE_FEED);
    return {
      text,
      effort: effortOfBrackets(
        members.map((member) => member.effort),
        head !== '[',
      ),
      breaks,
      consumes: true,
    };
  }

  private member(): Part {
    if (this.peek('\\')) return this.escape(true);
    const code = this.written.codePointAt(this.at) as number;
    const character = String.fromCodePoint(code);
    this.at += character.length;
    return oneCharacter(code, character === '-' ? '\\-' : character);
  }

  private escape(isMember: boolean): Part {
    const { rest } = this;
    const [, set] = /^\\([dDwWsS])/.exec(rest) ?? PROPERTY.exec(rest) ?? [];
    if (set !== undefined) {
      if (set.length > 1) this.properties += 1;
      if (this.properties > MOST_PROPERTIES)
        throw invalid(`got more than ${MOST_PROPERTIES} of "\\p{…}"; write one of them with a repetition`);
      return { text: this.take(set.length + 1), effort: effortOfClass(set), isSet: true, consumes: true };
    }
    if (!isMember) refuseMissingGroup(rest, this.groups);
    const numbered = numberedEscape(rest, isMember ? 0 : this.groups);
    if (numbered) {
      this.at += numbered.length;
      if (numbered.code !== undefined) return byNumber(numbered.code);
      return { text: rest.slice(0, numbered.length), effort: effortOfUnknown };
    }
    const [plain, name = ''] = NAMED_REFERENCE_OR_LETTER.exec(rest) ?? [];
    if (plain !== undefined && (name.length === 1 || this.hasNames)) {
      this.at += plain.length;
      if (isMember && name === 'B') return oneCharacter(66, 'B');
      if (name.length > 1) return { text: plain, effort: effortOfUnknown };
      if (!isMember && /[bB]/.test(name)) return { text: plain, effort: effortOfNothing };
      return oneCharacter({ n: LINE_FEED, r: CARRIAGE_RETURN }[name], plain);
    }
    return this.needlessEscape(isMember);
  }

  private needlessEscape(isMember: boolean): Part {
    const code = this.written.codePointAt(this.at + 1);
    if (code === undefined) return { text: this.take(1), effort: effortOfNothing };
    const character = String.fromCodePoint(code);
    if (character === 'c') return oneCharacter(BACKSLASH, `\\${this.take(1)}`); // annex B: it stands for itself
    const instead = Object.hasOwn(foreignEscapes, character) ? foreignEscapes[character] : undefined;
    if (instead !== undefined && !(isMember && /[<>]/.test(character)))
      throw foreign(`\\${character}`, instead);
    if (character === 'x' && this.rest.startsWith('\\x{')) throw foreign('\\x{', '"\\u{…}"');
    this.at += 1 + character.length;
    const isSyntax = SYNTAX.test(character) || (isMember && character === '-');
    return oneCharacter(code, isSyntax ? `\\${character}` : character);
  }
}
