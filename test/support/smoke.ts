// Takes each executable of `make dist` that can run here through a whole session, in both eras of the protocol: `make smoke`;
// a TARGET behind the script has to run.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TargetName, targetNamed, targets } from '../../build/targets.ts';
import { readAnswer, requireEqual } from './demo-check.ts';
import { actsOn, type Step } from './demo-steps.ts';
import type { Frame } from './server-process.ts';
import { type Surroundings, surroundings } from './smoke-surroundings.ts';

/** An emulator on a busy machine takes seconds. */
const PATIENCE_MS = 120_000;

const platforms = { linux: 'linux', macos: 'darwin', windows: 'win32' } as const;

/** Targets that have to run here; the others do where they can. */
const required: readonly string[] = process.argv.slice(2).map(targetNamed);

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-smoke-'));
const sums = { passed: 0, failed: 0, 'not run': 0 };
try {
  for (const place of surroundings(folder)) {
    const { mark, sum, text } = judge(place);
    sums[sum]++;
    console.log(`${mark}  ${place.name}: ${text}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${sums.passed} passed, ${sums.failed} failed, ${sums['not run']} not run`);
process.exitCode = sums.failed > 0 ? 1 : 0;

function judge(place: Surroundings) {
  if (place.command === null && required.includes(place.target))
    return {
      mark: 'FAILED ',
      sum: 'failed',
      text: `it has to run here, and can't: ${place.lacking}`,
    } as const;
  if (place.command === null) return { mark: 'not run', sum: 'not run', text: place.lacking } as const;
  try {
    return {
      mark: 'ok     ',
      sum: 'passed',
      text: `${converse(place, place.command)} right answers`,
    } as const;
  } catch (error) {
    return { mark: 'FAILED ', sum: 'failed', text: (error as Error).message } as const;
  }
}

/** Returns how many requests were answered. @throws Error if one was not, or wrongly, or if the server doesn't end well */
function converse({ target, env }: Surroundings, [command = '', ...args]: readonly string[]): number {
  const steps = stepsOn(target);
  const session = steps.map(({ method, params }, index) => {
    const message = { jsonrpc: '2.0', ...(isRequest(steps[index]) && { id: index }), method, params };
    return `${JSON.stringify(message)}\n`;
  });
  // Files, since there is an emulator that has no use for pipes: see build/runner.ts.
  const files = { input: join(folder, 'session'), output: join(folder, 'answers') };
  writeFileSync(files.input, session.join(''));
  const input = openSync(files.input, 'r');
  const output = openSync(files.output, 'w');
  const { status, stderr, error } = spawnSync(command, args, {
    stdio: [input, output, 'pipe'],
    env,
    cwd: folder,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  closeSync(input);
  closeSync(output);
  if (error) throw error;

  requireEqual('the exit code', status, 0);
  requireEqual('stderr', stderr, '');
  const answers: Frame[] = readFileSync(files.output, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const answerTo = (id: number) => answers.find((answer) => answer.id === id);
  for (const [id, step] of steps.entries()) if (isRequest(step)) readAnswer(step, answerTo(id), id);
  const asked = steps.filter(isRequest).length;
  requireEqual('the number of answers', answers.length, asked);
  return asked;
}

function isRequest(step: Step | undefined): boolean {
  return step?.read !== undefined;
}

function stepsOn(target: TargetName): Step[] {
  return actsOn(platforms[targets[target].os]).flatMap(({ steps }) => steps);
}
