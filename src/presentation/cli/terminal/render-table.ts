import type { Terminal } from './terminal.ts';
import { fitText, textWidth } from './text-width.ts';

/** A row: its name, and figures. */
export type TableRow = readonly [name: string, ...figures: readonly string[]];

/** Columns of names: the most, and as few before figures are left out. */
const MOST_NAME = 40;
const LEAST_NAME = 12;

const GAP = '  ';

/**
 * Lines of a table whose figures stand below each other, none wider than the terminal: first the names are cut, then the last figures
 * are left out, then the lines are cut. The first of them is the headings.
 */
export function renderTable(
  headings: TableRow,
  rows: readonly TableRow[],
  { columns, unicode }: Pick<Terminal, 'columns' | 'unicode'>,
): readonly string[] {
  const [longest = 0, ...widths] = headings.map((_, column) =>
    Math.max(...[headings, ...rows].map((row) => textWidth(row[column] ?? ''))),
  );
  const least = Math.min(longest, LEAST_NAME);
  let room = columns - least;
  const figureWidths = widths.filter((width) => {
    room -= GAP.length + width; // once it is none, no figure behind has any
    return room >= 0;
  });
  const figures = figureWidths.reduce((sum, width) => sum + GAP.length + width, 0);
  const nameWidth = Math.max(least, Math.min(longest, MOST_NAME, columns - figures));
  const end = unicode ? '…' : '...';
  return [headings, ...rows].map(([name, ...cells]) => {
    const cut = fitText(name, nameWidth, end);
    const shown = figureWidths.map((width, column) => `${GAP}${(cells[column] ?? '').padStart(width)}`);
    return fitText(`${cut}${' '.repeat(nameWidth - textWidth(cut))}${shown.join('')}`, columns, '').trimEnd();
  });
}
