import { DomainError } from '../../shared/domain-error.ts';
import { visibleLines, visibleQuoted } from './visible-text.ts';

/** More would be scrolled, folded or cut by the windows that clients ask in. */
const MOST_LINES = 40;
const MOST_CHARACTERS = 2000;

const MOST_COLUMNS = 100;

/**
 * Begins every line of what is to be approved, so that nothing in it can pass for a line of ours. Four blanks make it code where
 * a client shows Markdown: no comment or link in it hides anything.
 */
const MARK = '    | ';

/** Begins what goes on from the line before: a line that wrapped by itself would begin without a mark. */
const MARK_WITHIN_LINE = '    : ';

/** A thing that the user has to see: what it is, and its text in visible lines. */
export interface ShownPart {
  readonly label: string;
  readonly lines: readonly string[];
}

export type ApprovalQuestion =
  | { readonly isWhole: true; readonly message: string }
  /** It can't be shown whole, and so not be approved. */
  | { readonly isWhole: false; readonly lines: number; readonly characters: number };

/**
 * The question's text.
 * @param advice another way, for what is too long
 * @throws DomainError `approval.too-long`
 */
export function requireWhole(question: ApprovalQuestion, advice: string): string {
  if (question.isWhole) return question.message;
  const { lines, characters } = question;
  throw new DomainError(
    'approval.too-long',
    'invalid',
    `Expected what the user has to approve to be shown whole, in at most ${MOST_LINES} lines and ${MOST_CHARACTERS} characters, got ${lines} lines and ${characters} characters; ${advice}`,
  );
}

export const textPart = (label: string, text: string): ShownPart => ({
  label,
  lines: isTooLong(text) ? [text] : visibleLines(text),
});

/** Several texts, each in quotes. */
export function quotedPart(label: string, texts: readonly string[]): ShownPart {
  return { label, lines: [quoted(texts)] };
}

export const quoted = (texts: readonly string[]) =>
  texts.map((text) => (isTooLong(text) ? text : visibleQuoted(text))).join(' ');

/** A text that is too long as it is need not be looked at character by character. */
const isTooLong = (text: string) => text.length > MOST_CHARACTERS;

/** Puts the parts below each other, each line marked. @param closing a last line of ours */
export function askAbout(parts: readonly ShownPart[], closing?: string): ApprovalQuestion {
  const raw = parts.flatMap(({ lines }) => lines);
  const size = raw.reduce((sum, line) => sum + line.length, 0);
  if (raw.length > MOST_LINES || size > MOST_CHARACTERS)
    return { isWhole: false, lines: raw.length, characters: size };
  const paragraphs = parts.flatMap(({ label, lines }) => [label, lines.flatMap(marked).join('\n')]);
  const message = [...paragraphs, ...(closing === undefined ? [] : [closing])].join('\n\n');
  const lines = message.split('\n').length;
  return lines > MOST_LINES || message.length > MOST_CHARACTERS
    ? { isWhole: false, lines, characters: message.length }
    : { isWhole: true, message };
}

/** A character with its marks, or a number. */
const SHOWN = /\[U\+[0-9A-F]+(?: x \d+)?\]|.\p{M}*/gsu;

const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** A visible line in pieces that fit. */
function marked(line: string): readonly string[] {
  const pieces = [''];
  let columns = 0;
  for (const [shown] of line.matchAll(SHOWN)) {
    const width = columnsOf(shown);
    columns += width;
    if (columns > MOST_COLUMNS) {
      pieces.push('');
      columns = width;
    }
    pieces[pieces.length - 1] += shown;
  }
  return pieces.map((piece, index) => (index === 0 ? MARK : MARK_WITHIN_LINE) + piece);
}

function columnsOf(shown: string): number {
  if (shown.startsWith('[U+')) return shown.length;
  return WIDE.test(shown) ? 2 : 1;
}
