import type { LogStream } from './log-stream.ts';

/** Whether to colour, by the usual variables: FORCE_COLOR, else NO_COLOR (no-color.org), TERM=dumb, no terminal. */
export function wantsColours(
  { isTTY = false }: Pick<LogStream, 'isTTY'>,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}
