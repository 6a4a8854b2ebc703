import { utf8Length } from '../../text/utf8.ts';
import { MAX_ANSWER_BYTES } from '../answer-limit.ts';

/** The kept parts of an output stream: its beginning, its end, and the number of bytes between them that are gone. */
export interface CapturedOutput {
  readonly head: string;
  readonly tail: string;
  readonly omittedBytes: number;
  /** The encoding that it was read as, if that isn't UTF-8. */
  readonly encoding?: string;
  /** Bytes of what was kept that are of no character in it. */
  readonly invalidBytes?: number;
}

export interface CutOutputs {
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
}

/** Room for what stands around the outputs. */
const FRAME_BYTES = 16 * 1024;

/** Room for the line that names a cut. */
const NOTE_BYTES = 200;

/**
 * The most that a limit can let through: the result holds the outputs twice, as values and as text, and both go on one line
 * that must not reach what clients take.
 */
export function outputLimit(maxOutputBytes: number): number {
  return Math.min(maxOutputBytes, (MAX_ANSWER_BYTES - FRAME_BYTES) / 2);
}

export interface OutputBound {
  /** Encoded bytes of both outputs together. */
  readonly limit: number;
  /** The largest limit that a call may ask for. */
  readonly most: number;
}

/**
 * Cuts two outputs so that together they take no more than `limit` encoded bytes. Each keeps its head and its tail; the shorter
 * one keeps all that it can of its half. A cut is named where it is made.
 */
export function cutOutputs(
  { stdout, stderr }: { readonly stdout: CapturedOutput; readonly stderr: CapturedOutput },
  bound: OutputBound,
): CutOutputs {
  const { limit } = bound;
  const sizes = { stdout: sizeOf(stdout, limit), stderr: sizeOf(stderr, limit) };
  const half = Math.floor(limit / 2);
  const shareOfStderr = Math.min(sizes.stderr, Math.max(half, limit - sizes.stdout));
  const shareOfStdout = limit - shareOfStderr;
  return {
    stdout: fits(stdout, sizes.stdout, shareOfStdout) ? whole(stdout) : cut(stdout, shareOfStdout, bound),
    stderr: fits(stderr, sizes.stderr, shareOfStderr) ? whole(stderr) : cut(stderr, shareOfStderr, bound),
    truncated: !fits(stdout, sizes.stdout, shareOfStdout) || !fits(stderr, sizes.stderr, shareOfStderr),
  };
}

const whole = ({ head, tail }: CapturedOutput) => head + tail;

const fits = ({ omittedBytes }: CapturedOutput, size: number, share: number) =>
  omittedBytes === 0 && size <= share;

function sizeOf({ head, tail, omittedBytes }: CapturedOutput, limit: number): number {
  const most = (head.length + tail.length) * MOST_BYTES_A_UNIT;
  // Most outputs are far from the limit: no need to look at every character.
  if (omittedBytes === 0 && most <= limit / 2) return most;
  return encodedLength(head) + encodedLength(tail) + (omittedBytes > 0 ? NOTE_BYTES : 0);
}

function cut(output: CapturedOutput, share: number, { limit, most }: OutputBound): string {
  const room = Math.max(0, share - NOTE_BYTES);
  // Without a gap the two are one text, and what the tail leaves free the head may take.
  const [first, last] =
    output.omittedBytes === 0 ? [whole(output), whole(output)] : [output.head, output.tail];
  const reserve = Math.min(Math.floor(room / 2), encodedLength(last));
  const head = first.slice(0, startThatFits(first, room - reserve));
  const tail = last.slice(endThatFits(last, room - encodedLength(head)));
  const kept = utf8Length(head) + utf8Length(tail);
  const all = output.omittedBytes + utf8Length(output.head) + utf8Length(output.tail);
  const more = limit < most ? `"max_output" gives up to ${most}; ` : '';
  return `${head}\n[${all - kept} bytes are left out here: ${more}to see all, send the output to a file and read that in parts]\n${tail}`;
}

/** The length of the longest beginning that takes no more than `budget`; surrogate pairs stay whole. */
function startThatFits(text: string, budget: number): number {
  let left = budget;
  let at = 0;
  while (at < text.length) {
    const character = text.codePointAt(at) as number;
    left -= costOf(character);
    if (left < 0) break;
    at += unitsOf(character);
  }
  return at;
}

/** The start of the longest end that takes no more than `budget`. */
function endThatFits(text: string, budget: number): number {
  let left = budget;
  let at = text.length;
  while (at > 0) {
    const before = at > 1 ? (text.codePointAt(at - 2) as number) : 0;
    const character = unitsOf(before) === 2 ? before : text.charCodeAt(at - 1);
    left -= costOf(character);
    if (left < 0) break;
    at -= unitsOf(character);
  }
  return at;
}

/** A control character that JSON has no short form for, in JSON in JSON: \\u001f. */
const MOST_BYTES_A_UNIT = 7;

/** Each takes one byte. */
const PLAIN = /^[ !#-[\]-~]*$/;
const BLOCK = 16_384;

/** Bytes that a text takes in UTF-8 when it is JSON text inside of JSON text, as in the text of a result. */
export function encodedLength(text: string): number {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const end = Math.min(at + BLOCK, text.length);
    if (PLAIN.test(text.slice(at, end))) {
      bytes += end - at;
      at = end;
      continue;
    }
    while (at < end) {
      const character = text.codePointAt(at) as number;
      bytes += costOf(character);
      at += unitsOf(character);
    }
  }
  return bytes;
}

const unitsOf = (character: number) => (character > 0xffff ? 2 : 1);

function costOf(character: number): number {
  if (character < 0x20) return hasShortForm(character) ? 3 : MOST_BYTES_A_UNIT;
  if (character < 0x80) return character === QUOTE || character === BACKSLASH ? 4 : 1;
  if (character === NEXT_LINE || character === LINE_SEPARATOR || character === PARAGRAPH_SEPARATOR)
    return ESCAPED;
  if (character < 0x800) return 2;
  if (character > 0xffff) return 4;
  return character >= 0xd800 && character < 0xe000 ? MOST_BYTES_A_UNIT : 3; // half of a pair is escaped
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** They are escaped on their way out, in either JSON once: \u2028. */
const NEXT_LINE = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;
const ESCAPED = 6;

/** \b, \t, \n, \f and \r. */
const hasShortForm = (control: number) => control >= 0x08 && control <= 0x0d && control !== 0x0b;
