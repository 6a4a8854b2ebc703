/** Stands in a pattern for what varies. */
export const WILDCARD = '<*>';

/** Units of time, of data and per cent, which belong to the number before them: "12 ms", "(1.26 KB)". */
const UNITS = new Set(
  (
    'ns us µs ms msec msecs s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days ' +
    'B b kB KB MB GB TB kb KiB MiB GiB TiB byte bytes %'
  ).split(' '),
);
const DATA_UNIT = /^(?:[kKMGT]i?[bB]|B|bytes?)$/;
const LONGEST_UNIT = 7;

/** Endings of source files: "main.go:12" is no host with a port. */
const SOURCE_FILE = /\.(?:c|cc|cpp|cs|go|h|java|js|kt|mjs|php|py|rb|rs|scala|swift|ts)$/;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const UUID_LENGTH = 36;
const LEAST_HEX = 6;

/** A word of a log line after masking. */
export interface MaskedWord {
  readonly text: string;
  /** It ends in a number whose unit can be the next word. */
  readonly wantsUnit: boolean;
  /** It is a size in brackets, "(564KB)": what it ends in after the bracket is its text. */
  readonly isSize: boolean;
}

/**
 * Masks the parts of a word that vary from line to line: addresses with their ports, UUIDs, hexadecimal (`0x…`, or at least six
 * digits), dates, times, signed, decimal and grouped numbers, with units that are attached. Digits after a letter stay (`eth0`,
 * `IPv6`): comparing lines tells if those vary. The time is linear in the word's length, whatever it holds.
 */
export function maskWord(word: string): MaskedWord {
  const spans: Span[] = [];
  let hostStart = 0;
  let notAddressUntil = 0;
  for (let at = 0; at < word.length; ) {
    const code = word.charCodeAt(at);
    if (!isAlphanumeric(code)) {
      const end = code === COLON ? portEnd(word, hostStart, at) : undefined;
      if (end !== undefined) {
        while ((spans.at(-1)?.from ?? -1) >= hostStart) spans.pop();
        spans.push({ from: hostStart, to: end });
        at = end;
        hostStart = end;
        continue;
      }
      if (code !== DOT && code !== HYPHEN && code !== UNDERSCORE) hostStart = at + 1;
      at += 1;
      continue;
    }
    const run = runAt(word, at);
    let span: Span | undefined;
    if (run.isHex && word.charCodeAt(run.to) === COLON && at >= notAddressUntil) {
      const address = colonAddressAt(word, at);
      if (address.found) span = { from: at, to: address.to };
      else notAddressUntil = address.to;
    }
    span ??= uuidAt(word, at) ?? hexAt(word, run) ?? numberAt(word, run);
    if (span === undefined) at = run.to;
    else {
      spans.push(span);
      at = span.to;
    }
  }
  return maskedBy(word, spans);
}

/** Tells if a word is a unit of the number before it; `rest` is the punctuation after it. */
export function unitIn(word: string): { readonly isData: boolean; readonly rest: string } | undefined {
  let end = Math.min(word.length, LONGEST_UNIT);
  while (end > 0 && !UNITS.has(word.slice(0, end))) end -= 1;
  if (end === 0) return undefined;
  const rest = word.slice(end);
  return rest.length > 3 || !/^[)\]},.;:]*$/.test(rest)
    ? undefined
    : { isData: DATA_UNIT.test(word.slice(0, end)), rest };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly isData?: boolean;
  readonly isBare?: boolean;
}

function maskedBy(word: string, spans: readonly Span[]): MaskedWord {
  const last = spans.at(-1);
  if (last === undefined) return { text: word, wantsUnit: false, isSize: false };
  if (last.isData && last.from === 1 && word[0] === '(' && word[last.to] === ')')
    return { text: word.slice(last.to + 1), wantsUnit: false, isSize: true };
  let text = '';
  let kept = 0;
  for (const { from, to } of spans) {
    text += word.slice(kept, from) + WILDCARD;
    kept = to;
  }
  return {
    text: text + word.slice(kept),
    wantsUnit: last.isBare === true && last.to === word.length,
    isSize: false,
  };
}

/** Letters and digits in a row. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly digits: number;
  readonly isHex: boolean;
}

function runAt(word: string, from: number): Run {
  let to = from;
  let digits = 0;
  let isHex = true;
  for (; to < word.length; to += 1) {
    const code = word.charCodeAt(to);
    if (isDigit(code)) digits += 1;
    else if (!isAlphanumeric(code)) break;
    else if (!isHexLetter(code)) isHex = false;
  }
  return { from, to, digits, isHex };
}

function uuidAt(word: string, from: number): Span | undefined {
  const to = from + UUID_LENGTH;
  const isOne = word.charCodeAt(from + 8) === HYPHEN && UUID.test(word.slice(from, to));
  return isOne && !isAlphanumeric(word.charCodeAt(to)) ? { from, to } : undefined;
}

function hexAt(word: string, { from, to, digits, isHex }: Run): Span | undefined {
  const isPrefixed = word.charCodeAt(from) === ZERO && (word.charCodeAt(from + 1) | 0x20) === LOWER_X;
  if (isPrefixed && to > from + 2) return { from, to };
  return isHex && digits > 0 && digits < to - from && to - from >= LEAST_HEX ? { from, to } : undefined;
}

/**
 * A MAC or IPv6 address: hexadecimal digits, letters among them, between two colons or more. `to`: before that none begins.
 */
function colonAddressAt(word: string, from: number): { readonly found: boolean; readonly to: number } {
  const counts = { colons: 0, digits: 0, letters: 0 };
  let to = from;
  for (; to < word.length; to += 1) {
    const code = word.charCodeAt(to);
    if (code === COLON) counts.colons += 1;
    else if (isDigit(code)) counts.digits += 1;
    else if (isHexLetter(code)) counts.letters += 1;
    else break;
  }
  const found =
    counts.colons > 1 && counts.digits > 0 && counts.letters > 0 && !isAlphanumeric(word.charCodeAt(to));
  while (found && word.charCodeAt(to - 1) === COLON) to -= 1;
  return { found, to };
}

/** A number, or numbers joined as in dates, times, addresses, versions and lists, with its sign and unit. */
function numberAt(word: string, { from, to: runEnd, digits }: Run): Span | undefined {
  if (digits === 0 || !isDigit(word.charCodeAt(from))) return undefined;
  let to = from;
  let isJoined = false;
  let isData = false;
  let hasUnit = false;
  while (isDigit(word.charCodeAt(to))) {
    to = digitsEnd(word, to);
    if (isJoiner(word.charCodeAt(to)) && isDigit(word.charCodeAt(to + 1))) {
      isJoined = true;
      to += 1;
      continue;
    }
    if (!isLetter(word.charCodeAt(to))) break;
    const letters = lettersEnd(word, to);
    const unit = letters - to > LONGEST_UNIT ? '' : word.slice(to, letters);
    if (isJoined && unit === 'T' && isDigit(word.charCodeAt(letters))) to = letters;
    else if (isJoined && unit === 'Z') to = letters;
    else if (UNITS.has(unit)) {
      isData = DATA_UNIT.test(unit);
      hasUnit = true;
      to = letters;
    } else if (isJoined) to = runAt(word, letters).to;
    else return undefined;
  }
  if (!isJoined && to < runEnd) return undefined;
  if (word.charCodeAt(to) === PERCENT) return { from: signStart(word, from), to: to + 1 };
  return { from: signStart(word, from), to, isData, isBare: !hasUnit };
}

/** The sign, and "<" or ">" before it. */
function signStart(word: string, from: number): number {
  const isSigned = isSign(word.charCodeAt(from - 1)) && !isAlphanumeric(word.charCodeAt(from - 2));
  const start = isSigned ? from - 1 : from;
  const before = word.charCodeAt(start - 1);
  return before === LESS || before === GREATER ? start - 1 : start;
}

/** The end of the port, if a host with dots and without capitals is before this colon. */
function portEnd(word: string, from: number, colon: number): number | undefined {
  if (!isDigit(word.charCodeAt(colon + 1))) return undefined;
  const to = digitsEnd(word, colon + 1);
  if (to - colon > 6 || isAlphanumeric(word.charCodeAt(to))) return undefined;
  const host = word.slice(from, colon);
  const isHost =
    /[a-z]/.test(host) && !/[A-Z]/.test(host) && /[^.]\.[^.]/.test(host) && !SOURCE_FILE.test(host);
  return isHost ? to : undefined;
}

function digitsEnd(word: string, from: number): number {
  let to = from;
  while (isDigit(word.charCodeAt(to))) to += 1;
  return to;
}

function lettersEnd(word: string, from: number): number {
  let to = from;
  while (isLetter(word.charCodeAt(to))) to += 1;
  return to;
}

const COLON = 0x3a;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const PERCENT = 0x25;
const LESS = 0x3c;
const GREATER = 0x3e;
const ZERO = 0x30;
const LOWER_X = 0x78;

// Behind the end of a word the code is NaN, which is nothing.
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** All that is not ASCII counts as letters. */
export const isLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code >= 0x80;
const isAlphanumeric = (code: number) => isDigit(code) || isLetter(code);
const isHexLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66;
const isSign = (code: number) => code === HYPHEN || code === 0x2b;
/** `.,:-/` and `+`. */
const isJoiner = (code: number) => (code >= 0x2b && code <= 0x2f) || code === COLON;
