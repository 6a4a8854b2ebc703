/** Fillings of a cell, from nothing to all of it. */
const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII = [' ', '.', ':', '#'];

interface Drawing {
  /** Lines of the chart. */
  readonly height: number;
  /** Cells of a column. */
  readonly width: number;
  readonly unicode: boolean;
}

/** Lines of a column chart, the top first: the greatest value is as high as the chart, and every value above 0 can be seen. */
export function drawColumns(
  values: readonly number[],
  { height, width, unicode }: Drawing,
): readonly string[] {
  const fillings = unicode ? BLOCKS : ASCII;
  const steps = fillings.length - 1;
  const most = Math.max(...values, 0);
  const filled = values.map((value) =>
    value > 0 ? Math.max(1, Math.round((value / most) * height * steps)) : 0,
  );
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * steps;
    const cells = filled.map((fill) => fillings[Math.min(Math.max(fill - below, 0), steps)] ?? '');
    return cells
      .map((cell) => cell.repeat(width))
      .join('')
      .trimEnd();
  });
}
