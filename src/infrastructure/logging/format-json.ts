import { escapeControlCharacters, type LogLine } from './log-line.ts';

/** One JSON object: `time`, `level`, `message`, then the fields, which can't replace these three. */
export function formatJson({ time, level, message, fields }: LogLine): string {
  const own = { time: time.toISOString(), level, message };
  // JSON escapes the C0 controls itself; the escapes of the others are JSON's too.
  return `${escapeControlCharacters(JSON.stringify({ ...own, ...fields, ...own }))}\n`;
}
