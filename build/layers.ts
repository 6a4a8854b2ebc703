// Checks that every file of src keeps to its layer, and first that the check can still see: `node build/layers.ts`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from './layer-rules.ts';
import { violationsOf } from './layer-violations.ts';
import { root } from './paths.ts';

interface Finding {
  /** Relative to `src`. */
  readonly file: string;
  readonly source: string;
  readonly violations: readonly string[];
}

async function inspect(src: string): Promise<Finding[]> {
  const files = globSync('**/*.ts', { cwd: src }).sort();
  return Promise.all(
    files.map(async (file) => {
      const source = readFileSync(join(src, file), 'utf8');
      return { file, source, violations: await violationsOf(file, source) };
    }),
  );
}

/** The canary: a small tree whose files say in their first line what must be found in them, and nothing else may. */
async function blindSpots(tree: string): Promise<string[]> {
  const findings = await inspect(tree);
  const expected = findings.map(({ source }) => /^\/\/ expect: (.+)/.exec(source)?.[1]);
  const missed = findings.flatMap(({ file, violations }, index) => {
    const got = violations.join('; ');
    const want = expected[index] ?? '';
    return got === want ? [] : [`${file} of the canary: expected "${want}", got "${got}"`];
  });
  const untested = layers.filter(
    ({ path }) => path !== 'main.ts' && !expected.some((text) => text?.startsWith(`${path} may`)),
  );
  return [...missed, ...untested.map(({ path }) => `${path} has no canary in test/fixtures/layers`)];
}

const problems = [
  ...(await blindSpots(join(root, 'test/fixtures/layers/src'))),
  ...(await inspect(join(root, 'src'))).flatMap(({ file, violations }) =>
    violations.map((text) => `src/${file}: ${text}`),
  ),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
