import type { LogFields, LogThreshold } from '../../application/ports/logger.ts';

/** The content of one line. */
export interface LogLine {
  readonly time: Date;
  readonly level: LogThreshold;
  readonly message: string;
  readonly fields: LogFields;
}

/** Puts a line into words, with its line end. */
export type FormatLine = (line: LogLine) => string;

/**
 * Characters that could end a line, steer a terminal, or turn the text around (C0 and C1 controls, line separators, bidirectional
 * overrides): nobody who gets a text logged may forge another line.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** The text with every control character as its JSON escape. */
export function escapeControlCharacters(text: string): string {
  return text.replace(
    CONTROL_CHARACTERS,
    (character) => SHORT_ESCAPES[character] ?? unicodeEscape(character),
  );
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** One JSON object: `time`, `level`, `message`, then the fields, which can't replace these three. */
export function formatJson({ time, level, message, fields }: LogLine): string {
  const own = { time: time.toISOString(), level, message };
  // JSON escapes the C0 controls itself; the escapes of the others are JSON's too.
  return `${escapeControlCharacters(JSON.stringify({ ...own, ...fields, ...own }))}\n`;
}
