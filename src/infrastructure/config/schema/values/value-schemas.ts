import * as v from 'valibot';

export const KIB = 1024;
export const MIB = 1024 * KIB;

/*
 * The kinds of values that settings have. Their messages are noun phrases, since a problem reads
 * `Expected mcp.page_size to be <message>, got 0`.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

export function text() {
  const expected = 'a text that is not empty';
  return v.pipe(
    v.string(expected),
    v.trim(),
    v.nonEmpty(expected),
    v.check(isPlain, 'a text without control characters'),
  );
}

/** @param remark why there are no others, in parentheses */
export function choice<const TOptions extends readonly string[]>(options: TOptions, remark = '') {
  const names = options.map((option) => JSON.stringify(option));
  const expected = names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
  return v.picklist(options, `${expected}${remark}`);
}

/** A choice that the older servers spell in more ways; what they mean comes out, and only that is named. */
export function choiceWithOlder<const TName extends string, const TOlder extends string>(
  names: readonly TName[],
  older: Readonly<Record<TOlder, TName>>,
) {
  const meanings: Readonly<Record<string, TName>> = older;
  const expected = `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`;
  return v.pipe(
    v.picklist([...names, ...(Object.keys(older) as TOlder[])], expected),
    v.transform((name): TName => meanings[name] ?? (name as TName)),
  );
}

export function onOff() {
  return v.boolean('true or false');
}

export function wholeNumber(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

export function numberFrom(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return v.pipe(v.number(expected), v.minValue(least, expected), v.maxValue(most, expected));
}

/** @param isOne what an entry must be, beside a text that is not empty */
export function listOf(what: string, isOne: (entry: string) => boolean = () => true) {
  const expected = `a list of ${what}`;
  return v.array(
    v.pipe(
      v.string(expected),
      v.trim(),
      v.nonEmpty(expected),
      v.check(isPlain, `${expected}, without control characters`),
      v.check(isOne, expected),
    ),
    expected,
  );
}

/** A list of some of these names: one that nobody knows would go without the effect that it was meant to have. */
export function listOfNames(what: string, names: readonly string[]) {
  return listOf(`${what} (${names.join(', ')})`, (entry) => names.includes(entry));
}

function isPlain(text: string): boolean {
  return !CONTROL_CHARACTER.test(text);
}
