/**
 * `make bench`: the black-box benchmark of stdio servers, from a fresh clone in one command. It prepares floors and
 * peers once under `.cache/bench`, then hands the run to `harness.ts` in a process of its own runtime file, so that
 * servers on the pinned runtime share no pages with the harness. `--help` lists what can be chosen.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Plan } from './harness.ts';
import { help, type Options, parseOptions } from './options.ts';
import { harnessRuntime } from './paths.ts';
import { prepare } from './prepare.ts';

function run({ rounds, measures, servers, out }: Options): number {
  if (process.platform !== 'linux') throw new Error('The benchmark reads /proc: it runs on Linux only');
  const plan: Plan = { rounds, measures, servers: prepare(servers), out };
  const harness = join(import.meta.dirname, 'harness.ts');
  const { status, error } = spawnSync(harnessRuntime, [harness, JSON.stringify(plan)], { stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else process.exitCode = run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
