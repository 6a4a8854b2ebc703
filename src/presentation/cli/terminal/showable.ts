import type { Terminal } from './terminal.ts';

/** Control characters but line end and tab: what a model says, or a file holds, must not steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** The text as it is where no terminal shows it, else without what could steer that. */
export function showable(text: string, { shown }: Pick<Terminal, 'shown'>): string {
  return shown ? text.replace(STEERING, '') : text;
}
