// Runs the suites that Wine can run by Node.js for Windows, against the executable for Windows: `make test-wine`; arguments as those of
// run-suites.ts. It ends with what can't be run, and why, and one line of sums.
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { baseRuntime } from '../../build/base-runtime.ts';
import { bundleFixtures } from '../../build/bundle.ts';
import { root } from '../../build/paths.ts';
import { canRun, type Runner, runnerOf } from '../../build/runner.ts';
import { runFileOnWine } from './uvu-runner/run-file-on-wine.ts';
import { notOnWine, wineSuites } from './wine-suites.ts';

const folder = join(root, 'test');
const words = process.argv.slice(2);
const isWanted = (file: string) => words.length === 0 || words.some((word) => file.includes(word));
const wanted = globSync([...wineSuites], { cwd: folder })
  .filter(isWanted)
  .sort();
if (wanted.length === 0) throw new Error(`Expected suites for "${words.join(' ')}", found none`);

const runner = runnerOf('win-x64');
if (canRun(runner)) await runAll(runner);
else console.log(`not run: ${runner.lacking}`);

/** Lets Wine call itself Windows 10: servers that tests start lack the variable that makes Node.js overlook Windows 7. */
function callItWindows10({ prefix: [command = ''], env }: Runner): void {
  const key = ['HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
  execFileSync(command, ['reg', 'add', ...key], { env: { ...process.env, ...env }, stdio: 'ignore' });
}

/** The reasons for which tests of a file were skipped, and how many for each. */
function skipsIn(output: string): ReadonlyMap<string, number> {
  const reasons = [...output.matchAll(/^# skip: ([^:]+): /gm)].map(([, reason = '']) => reason);
  return new Map([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]));
}

async function runAll(wine: Runner): Promise<void> {
  await bundleFixtures();
  callItWindows10(wine);
  const { binary } = baseRuntime('win-x64');
  const sums = { passed: 0, failed: 0, skipped: 0 };
  const notRun: string[] = [];
  const failing: string[] = [];
  for (const file of wanted) {
    const why = notOnWine[file];
    if (why !== undefined) {
      notRun.push(`not run  ${file}: ${why}`);
      continue;
    }
    const { passed, failed, skipped, seconds, output, problem } = await runFileOnWine(
      join(folder, file),
      wine,
      binary,
    );
    sums.passed += passed;
    sums.failed += failed;
    sums.skipped += skipped;
    for (const [reason, count] of skipsIn(output))
      notRun.push(`skipped  ${file}: ${count} for want of ${reason}`);
    if (failed > 0) failing.push(`failed   ${file}`);
    const mark = failed > 0 ? 'FAILED ' : 'ok     ';
    console.log(
      `${mark}  ${file}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(1)} s)`,
    );
    if (failed > 0) console.log(`${output}\n${problem ?? ''}`);
  }
  for (const line of [...notRun, ...failing]) console.log(line);
  const files = wanted.filter((file) => notOnWine[file] !== undefined).length;
  console.log(
    `${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped; ${files} files not run`,
  );
  process.exitCode = sums.failed > 0 ? 1 : 0;
}
