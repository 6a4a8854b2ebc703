import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cache, root } from '../../../build/paths.ts';
import { hostTarget } from '../../../build/targets.ts';

const files = {
  'unit/passes': `test('one', () => {}); test('two', () => {});`,
  'unit/fails': `test('one', () => {}); test('two', () => assert.is(1, 2, 'one is two'));`,
  'unit/crashes': `test('one', () => {}); setTimeout(() => process.exit(3), 50);`,
  'unit/throws': `throw new Error('thrown at once');`,
  'unit/empty': '',
  'e2e/hangs': `test('one', () => {}); setInterval(() => {}, 1000);`,
  'e2e/skips': `test('one', () => {}); skip(test, 'qemu', 'arm64'); `,
  'e2e/shirks': `test('one', () => {}); test.skip('later');`,
} as const;

const preamble = `// deadline: 2
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '${root}/test/support/skip.ts';
const test = suite('sample');
`;

const test = suite('run-suites', { folder: '' });

test.before((context) => {
  mkdirSync(cache, { recursive: true });
  context.folder = mkdtempSync(join(cache, 'suites-'));
  for (const [name, body] of Object.entries(files)) {
    mkdirSync(join(context.folder, name, '..'), { recursive: true });
    writeFileSync(join(context.folder, `${name}.test.ts`), `${preamble}${body}\ntest.run();\n`);
  }
});

test.after(({ folder }) => rmSync(folder, { recursive: true }));

function runSuites(folder: string, ...filters: string[]) {
  const script = join(root, 'test/support/run-suites.ts');
  const { status, stdout } = spawnSync(process.execPath, [script, '--dir', folder, ...filters], {
    encoding: 'utf8',
  });
  return { status, stdout, lines: stdout.trimEnd().split('\n') };
}

test('the run passes when everything does, and says what was skipped', ({ folder }) => {
  const { status, lines } = runSuites(folder, 'passes', 'e2e/skips');
  assert.is(status, 0);
  assert.equal(lines.slice(-3), [
    'e2e: 1 passed, 0 failed, 1 skipped',
    'unit: 2 passed, 0 failed',
    '3 passed, 0 failed, 1 skipped',
  ]);
});

test('the run leaves out what is zero', ({ folder }) => {
  assert.is(runSuites(folder, 'passes').lines.at(-1), '2 passed, 0 failed');
});

test('a run on a target wants that machine, and a file for each word', ({ folder }) => {
  const other = hostTarget() === 'win-arm64' ? 'win-x64' : 'win-arm64';
  assert.is(runSuites(folder, '--on', other, 'passes').status, 1);
  assert.is(runSuites(folder, '--on', hostTarget(), 'passes').status, 0);
  assert.is(runSuites(folder, '--on', hostTarget(), 'passes', 'no-such').status, 1);
});

test('fails, with names, for every way in which a file can fail', ({ folder }) => {
  const { status, stdout, lines } = runSuites(folder);
  assert.is(status, 1);
  assert.is(lines.at(-1), '7 passed, 6 failed, 2 skipped');
  const named = lines.filter((line) => line.startsWith('failed: ')).map((line) => line.split('/').at(-1));
  assert.equal(
    named.sort(),
    ['crashes', 'empty', 'fails', 'hangs', 'shirks', 'throws'].map((name) => `${name}.test.ts`),
  );
  for (const reason of [
    'e2e/hangs.test.ts did not end within 2 s and was killed',
    'unit/crashes.test.ts exit code 3 although its tests passed',
    'unit/empty.test.ts ran no test, exit code 0',
    'unit/throws.test.ts ran no test, exit code 1',
    'Error: thrown at once',
    'one is two',
  ]) {
    assert.ok(stdout.includes(reason), `${reason} is not in:\n${stdout}`);
  }
});

test('the run refuses filters that nothing matches', ({ folder }) => {
  assert.is(runSuites(folder, 'nothing-like-it').status, 1);
});

test.run();
