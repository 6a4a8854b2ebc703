// Runs every uvu file: `node test/support/run-suites.ts [--dir FOLDER] [--on TARGET] [SUBSTRING...]`, only files whose path has one. With
// a TARGET, this machine must be one, each SUBSTRING must have a file, and no test may be skipped for want of its system.
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleFixtures } from '../../build/bundle.ts';
import { root } from '../../build/paths.ts';
import { hostTarget, targetNamed } from '../../build/targets.ts';
import { missedOn } from './uvu-runner/judge.ts';
import { endRunningFiles, type FileResult, runFile } from './uvu-runner/run-file.ts';

const concurrency = 2;

const { values, positionals } = parseArgs({
  options: { dir: { type: 'string', default: join(root, 'test') }, on: { type: 'string' } },
  allowPositionals: true,
});

const target = values.on === undefined ? undefined : targetNamed(values.on);
if (target !== undefined && target !== hostTarget())
  throw new Error(`Expected to run on ${target}, got ${hostTarget()}`);

async function runAll(files: readonly string[]): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      const result = withMissed(await runFile(join(values.dir, file)));
      results.push(result);
      report(file, result);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}

/** A test that was skipped on the very system that it needs counts as failed. */
function withMissed(result: FileResult): FileResult {
  const missed = target === undefined ? [] : missedOn(target, result.output);
  if (missed.length === 0) return result;
  const problem = `skipped on ${target}, where it has to run: ${missed.join('; ')}`;
  return { ...result, failed: Math.max(result.failed, missed.length), problem: result.problem ?? problem };
}

function report(file: string, { passed, failed, skipped, seconds, problem, output }: FileResult): void {
  const mark = failed > 0 ? 'FAILED' : 'ok    ';
  console.log(`${mark}  ${file}: ${sum(passed, failed, skipped)} (${seconds.toFixed(1)} s)`);
  if (failed > 0) console.log(`${output}\n${problem ? `${file} ${problem}\n` : ''}`);
}

function sum(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function total(results: readonly FileResult[]): string {
  const count = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((all, result) => all + result[key], 0);
  return sum(count('passed'), count('failed'), count('skipped'));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endRunningFiles();
    process.exit(1);
  });
}

const wanted = (file: string) => positionals.length === 0 || positionals.some((text) => file.includes(text));
const files = globSync('**/*.test.ts', { cwd: values.dir }).filter(wanted).sort();
const lost = positionals.filter((text) => !files.some((file) => file.includes(text)));
if (files.length === 0 || (target !== undefined && lost.length > 0))
  throw new Error(`Expected test files for "${lost.join(' ')}", found none`);

await bundleFixtures();
const results = await runAll(files);

const folders = Map.groupBy(results, ({ file }) => relative(values.dir, file).split('/', 1)[0] ?? '');
console.log();
for (const [folder, group] of [...folders].sort()) console.log(`${folder}: ${total(group)}`);
const failing = results.filter(({ failed }) => failed > 0);
for (const { file } of failing) console.log(`failed: ${relative(root, file)}`);
console.log(total(results));
process.exitCode = failing.length > 0 ? 1 : 0;
