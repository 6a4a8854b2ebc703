// Everything that must hold before a test is worth running, in CI's order: `node build/check.ts`.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './paths.ts';

/** The checks; figures of those that have some are printed. */
const steps: readonly { name: string; command: string; hasFigures?: true }[] = [
  { name: 'formatter and linter', command: 'biome ci --colors=off --error-on-warnings' },
  { name: 'types', command: 'tsc -p .' },
  { name: 'layers', command: 'node build/layers.ts' },
  { name: 'circles and sizes', command: 'node build/structure.ts', hasFigures: true },
  { name: 'first words of comments', command: 'node build/comments.ts', hasFigures: true },
  { name: 'dead code and unused dependencies', command: 'knip' },
  { name: 'generated documents', command: 'node build/documents.ts' },
];

// The pinned runtime and the tools' own commands, whichever Node.js the machine has.
const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) };

const failures: string[] = [];
for (const { name, command, hasFigures } of steps) {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, {
    cwd: root,
    env,
    shell: true,
    encoding: 'utf8',
  });
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (status === 0) {
    console.log(`ok      ${name}, ${seconds}`);
    if (hasFigures) console.log(`        ${stdout.trim()}`);
  } else {
    failures.push(`${name} (${command})`);
    console.log(`FAILED  ${name}, ${seconds}\n\n${stdout}${stderr}${error?.message ?? ''}`);
  }
}

for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${steps.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
