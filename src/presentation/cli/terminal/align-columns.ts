/** Lines whose columns start at the same place, two spaces behind the longest entry before; the last column is as wide as it is. */
export function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, text.length);
    }
  }
  return rows.map((row) =>
    row
      .map((text, column) => (column < row.length - 1 ? text.padEnd((widths[column] ?? 0) + 2) : text))
      .join(''),
  );
}
