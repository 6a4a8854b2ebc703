import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { circlesOf, importersOf, importGraph } from '../../../build/import-graph.ts';

const test = suite('import-graph');

const graphOf = (files: Record<string, readonly string[]>) =>
  importGraph(
    new Map(
      Object.entries(files).map(([file, targets]) => [
        file,
        targets.map((target) => `import type { X } from '${target}';`).join('\n'),
      ]),
    ),
  );

for (const [what, files, circles] of [
  ['a tree has no circle', { 'a.ts': ['./b.ts', './c/d.ts'], 'b.ts': ['./c/d.ts'], 'c/d.ts': [] }, []],
  [
    'two files that import each other are one',
    { 'a.ts': ['./b.ts'], 'b.ts': ['./a.ts'] },
    [['a.ts', 'b.ts']],
  ],
  [
    'the way back may be long, and over folders',
    { 'x.ts': ['./a.ts'], 'a.ts': ['./c/b.ts'], 'c/b.ts': ['./d.ts'], 'c/d.ts': ['../a.ts'] },
    [['a.ts', 'c/b.ts', 'c/d.ts']],
  ],
  [
    'two circles are told apart',
    { 'a.ts': ['./b.ts'], 'b.ts': ['./a.ts', './c.ts'], 'c.ts': ['./d.ts'], 'd.ts': ['./c.ts'] },
    [
      ['c.ts', 'd.ts'],
      ['a.ts', 'b.ts'],
    ],
  ],
  ['a file that imports itself is one', { 'a.ts': ['./a.ts'] }, [['a.ts']]],
  ['what is no file here counts as nothing', { 'a.ts': ['node:fs', './nowhere.ts'] }, []],
] as const) {
  test(what, () => {
    assert.equal(circlesOf(graphOf(files)), circles);
  });
}

test('the graph counts who imports a file', () => {
  const importers = importersOf(graphOf({ 'a.ts': ['./c.ts'], 'b.ts': ['./c.ts', './a.ts'], 'c.ts': [] }));
  assert.equal(
    [...importers],
    [
      ['a.ts', 1],
      ['b.ts', 0],
      ['c.ts', 2],
    ],
  );
});

test.run();
