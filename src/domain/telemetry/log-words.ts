import { isDigit, isLetter, maskWord, unitIn, WILDCARD } from './log-masks.ts';

/** A word of a masked line. The same text is the same object, so words are compared by identity. */
export interface LogWord {
  readonly text: string;
  /** From 0 on, each once. */
  readonly id: number;
  /** It is made of letters, so it belongs to what the line says; else it is a value: a number, a path, a host. */
  readonly isPlain: boolean;
  /** The name of a named value with what joins the two ("user="), or "". */
  readonly name: string;
}

/** Bounds of what is looked at of a line. */
const MOST_CHARACTERS = 2000;
const MOST_WORDS = 48;

/** Bounds of memory: later words count as what varies. */
const MOST_DIFFERENT = 50_000;
const MOST_REMEMBERED = 4_000_000;

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are in logs
const SPACE = /[\u0000-\u0020\u007f]+/;
const JSON_SPACE = /[\u0000-\u0020\u007f]+|(?<=,)(?=")/;
const COLOUR = /\u001b\[[\d;]{0,16}[A-Za-z]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
const DIGIT = /\d/;
const MONTH = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}$/;
const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?$/;

/** Splits log lines into masked words. */
export class LogWords {
  private readonly words = new Map<string, LogWord>();
  private room = MOST_REMEMBERED;
  /** In place of a word that varies. */
  readonly wildcard = this.wordOf(WILDCARD);

  /** A word that varies, which keeps the name of its value. */
  varied({ name }: LogWord): LogWord {
    return name === '' ? this.wildcard : this.wordOf(name + WILDCARD);
  }

  /**
   * The words of a line, masked: at most 48, of its first 2,000 characters. Space and control characters part them; in JSON, a comma
   * before a key does too. A unit belongs to the number before it, the names of month and day to the date behind them; sizes in
   * brackets are left out, since the same quantity stands before them.
   */
  wordsOf(line: string): LogWord[] {
    const text = startOf(line);
    const words: LogWord[] = [];
    let wantsUnit = false;
    for (const word of text.split(text.startsWith('{') ? JSON_SPACE : SPACE, 2 * MOST_WORDS)) {
      if (words.length === MOST_WORDS) break;
      if (wantsUnit && this.addUnit(words, word)) wantsUnit = false;
      else wantsUnit = this.add(words, word);
    }
    return words;
  }

  private wordOf(text: string): LogWord {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    if (this.words.size >= MOST_DIFFERENT || text.length > this.room) return this.wildcard;
    this.room -= text.length;
    const made = { text, id: this.words.size, isPlain: isPlain(text), name: nameIn(text) };
    this.words.set(text, made);
    return made;
  }

  /** @returns true if the next word can be its unit */
  private add(words: LogWord[], word: string): boolean {
    const known = this.words.get(word);
    if (known !== undefined || !DIGIT.test(word)) {
      if (word !== '') words.push(known ?? this.wordOf(word));
      return false;
    }
    const { text, wantsUnit, isSize } = maskWord(word);
    if (isSize) this.extendLast(words, text);
    else {
      if (text.startsWith(WILDCARD)) dropMonth(words);
      words.push(this.wordOf(text));
    }
    return wantsUnit;
  }

  /** Adds nothing but the punctuation after a unit. @returns false if the word is none */
  private addUnit(words: LogWord[], word: string): boolean {
    const unit = unitIn(word);
    if (unit === undefined) return false;
    const { isData, rest } = unit;
    const isSize = isData && rest.startsWith(')') && words.at(-1)?.text === `(${WILDCARD}`;
    if (isSize) words.pop();
    this.extendLast(words, isSize ? rest.slice(1) : rest);
    return true;
  }

  private extendLast(words: LogWord[], text: string): void {
    const last = text === '' ? undefined : words.pop();
    if (last !== undefined) words.push(this.wordOf(last.text + text));
  }
}

function dropMonth(words: LogWord[]): void {
  if (!MONTH.test(words.at(-1)?.text ?? '')) return;
  words.pop();
  if (WEEKDAY.test(words.at(-1)?.text ?? '')) words.pop();
}

function startOf(line: string): string {
  const start = line.slice(0, MOST_CHARACTERS);
  return (start.includes('\u001b') ? start.replace(COLOUR, '') : start).trimStart();
}

/**
 * True for letters with any punctuation around them, and between them what joins parts of a word. Dots do that too where a capital tells
 * a class ("java.io.IOException") from a host.
 */
function isPlain(text: string): boolean {
  if (text.includes(WILDCARD)) return false;
  let hasLetters = false;
  let hasCapital = false;
  let hasDot = false;
  let isJoined = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) return false;
    if (isLetter(code)) {
      if (!isJoined) return false;
      hasLetters = true;
      hasCapital ||= code >= 0x41 && code <= 0x5a;
    } else if (hasLetters && code === DOT) hasDot ||= isLetter(text.charCodeAt(at + 1));
    else if (hasLetters && !JOINS.has(code)) isJoined = false;
  }
  return hasLetters && (!hasDot || hasCapital);
}

/** The first three letters or more with what joins them to a value behind. */
function nameIn(text: string): string {
  let from = 0;
  while (from < text.length && !isNameLetter(text.charCodeAt(from)) && !isDigit(text.charCodeAt(from)))
    from += 1;
  let to = from;
  while (isNameLetter(text.charCodeAt(to)) || (text.charCodeAt(to) === DOT && to > from)) to += 1;
  const isNamed = to - from >= 3 && NAME_ENDS.has(text.charCodeAt(to)) && !text.startsWith(WILDCARD, to);
  return isNamed ? text.slice(0, to + 1) : '';
}

const isNameLetter = (code: number) => isLetter(code) || code === UNDERSCORE;

const codesOf = (characters: string) =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)));

const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const JOINS = codesOf(`=:'"_-($`);
const NAME_ENDS = codesOf('=:([{,|#@"');
