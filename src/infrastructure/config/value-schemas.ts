import * as v from 'valibot';

/*
 * The kinds of values that settings have. Their messages are noun phrases, since a problem reads
 * `Expected mcp.page_size to be <message>, got 0`.
 */

export function text() {
  const expected = 'a text that is not empty';
  return v.pipe(v.string(expected), v.trim(), v.nonEmpty(expected));
}

export function choice<const TOptions extends readonly string[]>(options: TOptions, remark = '') {
  const names = options.map((option) => JSON.stringify(option));
  const expected = names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
  return v.picklist(options, `${expected}${remark}`);
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

export function listOf(what: string) {
  const expected = `a list of ${what}`;
  return v.array(v.pipe(v.string(expected), v.trim(), v.nonEmpty(expected)), expected);
}
