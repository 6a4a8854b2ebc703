import * as v from 'valibot';

/** A switch, described. Off unless said otherwise. */
export const flag = (description: string, byDefault = false) =>
  v.optional(v.pipe(v.boolean(), v.description(description)), byDefault);

/** A text that says something if it is given at all: clients send `""` for what they leave out. */
export const optionalText = (description: string) =>
  v.optional(
    v.pipe(
      v.string(),
      v.check((text) => text !== '', 'expected some text, got ""'),
      v.description(description),
    ),
  );

/** A whole number in its bounds, described. */
export const wholeNumber = (description: string, { least, most }: { least: number; most: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most), v.description(description));

interface LimitBounds {
  /** As configured, where the call says nothing; no more than `most`. */
  readonly byDefault: number;
  /** In any call. */
  readonly most: number;
  /** Bytes of text, where the call says nothing. */
  readonly answerBytes: number;
}

/** Most of something that an answer may have; a call that gives it asks for all of that. */
export const limitOf = (what: string, { byDefault, most, answerBytes }: LimitBounds) =>
  v.optional(
    wholeNumber(`${what} at most (default: ${byDefault}, in ${answerBytes} bytes)`, { least: 1, most }),
  );

/** The file's path. */
export const filePath = v.pipe(v.string(), v.description('File; relative to the first allowed directory'));
