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

/** Most of something that an answer may have. @param most in any call; what is configured, `byDefault`, is no more */
export const limitOf = (what: string, { byDefault, most }: { byDefault: number; most: number }) =>
  v.optional(wholeNumber(`${what} at most`, { least: 1, most }), byDefault);

/** The file's path. */
export const filePath = v.pipe(v.string(), v.description('File; relative to the first allowed directory'));
