import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { optionalFile } from '../../../build/optional-packages.ts';
import { targetNames } from '../../../build/targets.ts';
import { root } from '../../bench/paths.ts';

const test = suite('workflows');

const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map((name) => ({
  name,
  text: readFileSync(join(root, name), 'utf8'),
}));

for (const { name, text } of workflows) {
  test(`every action of ${name} is pinned by its commit, and its version is said`, () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = '']) => action);
    assert.ok(uses.length > 0);
    for (const action of uses) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${name} runs each executable on a machine of its kind, or fails`, () => {
    assert.match(text, /node test\/support\/smoke\.ts \$\{\{ matrix\.target \}\}/);
    const rows = [...text.matchAll(/- \{ machine: \S+, target: (\S+) \}/g)].map(([, target]) => target);
    assert.equal(rows.sort(), targetNames.filter((target) => target !== 'linux-x64').sort());
  });
}

for (const { name, text } of workflows)
  test(`${name} runs what only a real system shows on each target but those of Linux`, () => {
    const [, words = ''] = /run-suites\.ts --on \$\{\{ matrix\.target \}\}\s+(.*)$/m.exec(text) ?? [];
    const files = globSync('test/**/*.test.ts', { cwd: root });
    const found = words.split(' ').flatMap((word) => files.filter((file) => file.includes(word)));
    for (const file of ['tfo-mcp.cjs', optionalFile])
      assert.match(
        text,
        new RegExp(`path: \\|\\n(?: +dist/.*\\n)* +dist/${file}\\n`),
        'the bundle that they start too',
      );
    for (const file of needingSystems(files)) assert.ok(found.includes(file), file);
    for (const file of ['process-tree', 'links', 'overwrites', 'process-unread-stderr'])
      assert.ok(
        found.some((path) => path.endsWith(`/${file}.test.ts`)),
        file,
      );
  });

/** The files with tests that are skipped for want of Windows or macOS. */
const needingSystems = (files: readonly string[]) =>
  files.filter((file) => /\bskip\(test, '(?:Windows|macOS)'/.test(readFileSync(join(root, file), 'utf8')));

test('both workflows are there', () => {
  assert.equal(workflows.map(({ name }) => name).sort(), [
    '.github/workflows/ci.yml',
    '.github/workflows/release.yml',
  ]);
});

test.run();
