import type { LogFields, LogThreshold } from '../../application/ports/logger.ts';
import type { LogStream } from './bounded-output.ts';

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

const LEVEL_COLOURS: Readonly<Record<LogThreshold, number>> = { error: 31, warn: 33, info: 36, debug: 90 };
const DIM = 2;

/** For people: local time, level, message, and the fields as `name=value`. */
export function prettyFormat(colours: boolean): FormatLine {
  const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return ({ time, level, message, fields }) => {
    const facts = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${escapeControlCharacters(name)}=${formatValue(value)}`);
    const words = [
      paint(DIM, timeOfDay(time)),
      paint(LEVEL_COLOURS[level], level.padEnd(5)),
      escapeControlCharacters(message),
      ...(facts.length > 0 ? [paint(DIM, facts.join(' '))] : []),
    ];
    return `${words.join(' ')}\n`;
  };
}

/** A text with spaces, quotes or an equals sign in quotes, so that it can't pass for another field. */
function formatValue(value: unknown): string {
  const text = String(value);
  return /^[^\s"=]+$/.test(text)
    ? escapeControlCharacters(text)
    : escapeControlCharacters(JSON.stringify(text));
}

function timeOfDay(time: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}

/** Tells if output is coloured, by the usual variables: FORCE_COLOR, else NO_COLOR (no-color.org), TERM=dumb, no terminal. */
export function wantsColours(
  { isTTY = false }: Pick<LogStream, 'isTTY'>,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}
