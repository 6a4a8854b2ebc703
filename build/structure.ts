// Checks that no files of src import each other in circles, and the sizes of its files: `node build/structure.ts`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circlesOf, importersOf, importGraph } from './import-graph.ts';
import { root } from './paths.ts';

/** Bounds of the figures; lower them as the figures fall. */
const bounds = { longest: 300, small: 12 };

/** A file of fewer lines with one importer is probably a part of that one. */
const SMALL = 20;

const src = join(root, 'src');
const sources = new Map(
  globSync('**/*.ts', { cwd: src })
    .sort()
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(src, file), 'utf8')]),
);
const graph = importGraph(sources);
const circles = circlesOf(graph);
const importers = importersOf(graph);
const lengths = [...sources].map(([file, source]) => ({ file, lines: source.split('\n').length - 1 }));
const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
const long = lengths.filter(({ lines }) => lines > bounds.longest);
const small = lengths.filter(({ file, lines }) => lines < SMALL && importers.get(file) === 1);

const problems = [
  ...circles.map((files) => `these import each other in a circle: ${files.join(', ')}`),
  ...long.map(({ file, lines }) => `${file} has ${lines} lines; expected at most ${bounds.longest}`),
  ...(small.length > bounds.small
    ? [
        `${small.length} files have under ${SMALL} lines and one importer; expected at most ${bounds.small}: ` +
          small.map(({ file }) => file).join(', '),
      ]
    : []),
];
for (const problem of problems) console.error(problem);
console.log(
  `${sorted.length} files, median ${sorted[sorted.length >> 1]} lines, longest ${sorted.at(-1)}, ${circles.length} circles, ` +
    `${small.length} under ${SMALL} lines with one importer`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
