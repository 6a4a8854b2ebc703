import { effortOfCharacter } from './character-effort.ts';
import type { CompileEffort } from './compile-effort.ts';

/** A part of an expression, as it is written for the flag `u`. */
export interface Part {
  readonly text: string;
  readonly effort: CompileEffort;
  /** True if all that it matches holds a line's end. */
  readonly breaks?: boolean;
  /** The one character that it matches. */
  readonly code?: number | undefined;
  /** True if it matches one of many characters. */
  readonly isSet?: boolean;
  /** True if it only looks: annex B lets it be repeated. */
  readonly looks?: boolean;
  /** True if all that it matches has a character. */
  readonly consumes?: boolean;
}

export const LINE_FEED = 10;

/** A part that is one character. @param text as it is written for the flag `u` */
export const oneCharacter = (code: number | undefined, text: string): Part => ({
  text,
  code,
  effort: effortOfCharacter(code),
  breaks: code === LINE_FEED,
  consumes: true,
});

/** A part that is one character, written by its number. */
export const byNumber = (code: number) => oneCharacter(code, `\\u{${code.toString(16)}}`);
