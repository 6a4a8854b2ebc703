import { replaceLookAlikes } from './look-alikes.ts';

/** Indents are no deeper; a longer run could carry what follows it to the beginning of the next line on a screen. */
const MOST_BLANKS = 24;

/** Marks over one letter; a flood of them covers the lines around it. */
const MOST_MARKS = 3;

/** The beginning of every number. A text that has these characters itself has the bracket by its number. */
const NUMBER_START = /\[(?=u\+)/gi;

/**
 * Controls, format characters, halves of pairs, unassigned and private ones, those ignored by default (UAX 44), and six that are blank
 * though their category says otherwise.
 */
export const UNSEEN_CHARACTERS =
  '\\p{C}\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}';

/**
 * Characters that can't be seen, or not told from a plain space: those above, and every other separator. Then marks: those
 * without a letter below, those around one, and floods.
 */
const UNSEEN = new RegExp(
  [
    `(?![ \\n])[${UNSEEN_CHARACTERS}\\p{Z}]`,
    '(?<![\\p{L}\\p{N}\\p{M}])\\p{M}',
    '\\p{Me}',
    `(?<=\\p{M}{${MOST_MARKS}})\\p{M}`,
  ].join('|'),
  'gu',
);

/** Letters written from right to left, as Unicode's tables have them (UAX 44, DerivedBidiClass). */
const RIGHT_TO_LEFT =
  '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefe\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';

/** Two such words, or one and a number: what stands between them changes places on a screen (UAX 9). */
const REORDERED = new RegExp(
  `[${RIGHT_TO_LEFT}][^\\p{L}\\n]*(?:[^\\p{L}\\p{M}\\n][^\\p{L}\\n]*[${RIGHT_TO_LEFT}]|\\p{Nd})`,
  'u',
);

const LONG_RUN = new RegExp(` {${MOST_BLANKS + 1},}`, 'g');

/**
 * A text for someone who has to judge it, with line ends as they are. Whatever can't be seen, or be taken for something else,
 * is shown as `[U+200B]`, long runs of blanks as `[U+0020 x 60]`; nothing in the text itself can look like that.
 */
export function visibleText(text: string): string {
  const seen = text.replace(NUMBER_START, numberOf).replace(UNSEEN, numberOf).replace(LONG_RUN, blanks);
  return replaceLookAlikes(seen, numberOf).split('\n').map(inOrder).join('\n');
}

function inOrder(line: string): string {
  return REORDERED.test(line) ? line.replace(new RegExp(`[${RIGHT_TO_LEFT}]`, 'gu'), numberOf) : line;
}

/** The lines of a text; blanks at a line's end have numbers, too. */
export function visibleLines(text: string): readonly string[] {
  return visibleText(text)
    .split('\n')
    .map((line) => line.replace(/ +$/, blanks));
}

/** In quotes that the text can't close, on one line. */
export function visibleQuoted(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n');
  return `"${visibleText(escaped)}"`;
}

function numberOf(character: string): string {
  const number = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `[U+${number}]`;
}

const blanks = ({ length }: string) => (length === 1 ? '[U+0020]' : `[U+0020 x ${length}]`);
