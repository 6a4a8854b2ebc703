import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawColumns } from '../../../../../src/presentation/cli/terminal/draw-columns.ts';

const test = suite('draw columns');

for (const [what, values, drawing, lines] of [
  [
    'a line has nine heights',
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
    { height: 1, width: 1, unicode: true },
    [' ▁▂▃▄▅▆▇█'],
  ],
  ['lines stand on each other', [1, 8, 16], { height: 2, width: 1, unicode: true }, ['  █', '▁██']],
  ['columns can be wide', [1, 2], { height: 1, width: 3, unicode: true }, ['▄▄▄███']],
  ['ASCII has four heights', [0, 1, 2, 3], { height: 1, width: 1, unicode: false }, [' .:#']],
  [
    'what is little beside others is seen',
    [1, 0, 1_000_000],
    { height: 2, width: 1, unicode: true },
    ['  █', '▁ █'],
  ],
  ['where all are 0 nothing is drawn', [0, 0], { height: 2, width: 1, unicode: true }, ['', '']],
  ['there can be no values', [], { height: 1, width: 1, unicode: true }, ['']],
] as const)
  test(`${what}`, () => {
    assert.equal(drawColumns(values, drawing), lines);
  });

test.run();
