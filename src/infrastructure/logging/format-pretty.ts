import type { LogThreshold } from '../../application/ports/logger.ts';
import { escapeControlCharacters, type FormatLine } from './log-line.ts';
import type { LogStream } from './log-stream.ts';

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
