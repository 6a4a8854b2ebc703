/**
 * Lines of at most so many columns, broken at blanks; a word that is longer has a line of its own, whole. Lines after the first begin
 * with the indent.
 */
export function wrapText(text: string, columns: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/ *[^ ]+/g) ?? []) {
    if (line === '' || line.length + word.length <= columns) line += word;
    else {
      lines.push(line);
      line = `${indent}${word.trimStart()}`;
    }
  }
  return [...lines, line];
}
