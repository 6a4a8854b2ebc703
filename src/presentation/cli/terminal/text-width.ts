/** Characters that take two columns (UAX 11, Wide and Fullwidth, in blocks), and marks, which take none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** The columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

const PLAIN = /^[ -~]*$/;

/** The beginning of a text that takes no more than so many columns, with `end` where there was more and it has room. */
export function fitText(text: string, columns: number, end: string): string {
  if (textWidth(text) <= columns) return text;
  const closing = end.length < columns ? end : '';
  let fitting = '';
  let left = columns - closing.length;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    fitting += character;
  }
  return fitting + closing;
}

function widthOf(character: string): number {
  if (MARK.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
