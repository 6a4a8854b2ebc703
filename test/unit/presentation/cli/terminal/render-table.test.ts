import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderTable, type TableRow } from '../../../../../src/presentation/cli/terminal/render-table.ts';
import { textWidth } from '../../../../../src/presentation/cli/terminal/text-width.ts';

const test = suite('render table');

const headings: TableRow = ['TOOL', 'CALLS', 'ERRORS'];
const rows: readonly TableRow[] = [
  ['execute_command', '1,200', '3'],
  ['echo', '7', '0'],
];

for (const [columns, lines] of [
  [
    80,
    ['TOOL             CALLS  ERRORS', 'execute_command  1,200       3', 'echo                 7       0'],
  ],
  [28, ['TOOL           CALLS  ERRORS', 'execute_comm…  1,200       3', 'echo               7       0']],
  [26, ['TOOL             CALLS', 'execute_command  1,200', 'echo                 7']],
  [10, ['TOOL', 'execute_co', 'echo']],
  [1, ['T', 'e', 'e']],
] as const)
  test(`in ${columns} columns names are cut, then figures left out, then lines cut`, () => {
    assert.equal(renderTable(headings, rows, { columns, unicode: true }), lines);
  });

test('without Unicode the end of a name is three dots', () => {
  const [, line] = renderTable(headings, rows, { columns: 28, unicode: false });
  assert.is(line, 'execute_co...  1,200       3');
});

test('figures stand below each other beside names of wide characters', () => {
  assert.equal(
    renderTable(
      ['CLIENT', 'N'],
      [
        ['客户端', '1'],
        ['é'.normalize('NFD'), '2'],
      ],
      { columns: 80, unicode: true },
    ),
    ['CLIENT  N', '客户端  1', `${'é'.normalize('NFD')}       2`],
  );
});

test('no line is wider than the terminal, whatever names there are', () => {
  const name = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constant('界'.repeat(50)),
  );
  const figures = fc.array(fc.nat().map(String), { minLength: 2, maxLength: 2 });
  const row = fc.tuple(name, figures).map(([first, rest]): TableRow => [first, ...rest]);
  fc.assert(
    fc.property(fc.array(row), fc.integer({ min: 1, max: 120 }), fc.boolean(), (some, columns, unicode) => {
      const lines = renderTable(headings, some, { columns, unicode });
      assert.is(lines.length, some.length + 1);
      for (const line of lines) assert.ok(textWidth(line) <= columns, line);
    }),
  );
});

test.run();
