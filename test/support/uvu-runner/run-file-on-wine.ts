import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runner } from '../../../build/runner.ts';
import { hasReported, judge } from './judge.ts';
import { deadlineOf, endGroup, type FileResult } from './run-file.ts';

/** Wine takes several times as long. */
const PATIENCE = 3;

/**
 * Milliseconds for which a file may stay once its tests have been run. Wine does not tell a client that the server at the other end of
 * a connection was killed, which keeps the file from ending.
 */
const STAY_MS = 15_000;

/** Runs one uvu file by a Node.js for Windows; what it writes goes to files, since Wine's Node.js finds Linux' pipes broken. */
export async function runFileOnWine(
  file: string,
  { prefix, env }: Runner,
  node: string,
): Promise<FileResult> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'tfo-wine-'));
  const paths = { stdout: join(folder, 'stdout'), stderr: join(folder, 'stderr') };
  const outputs = [openSync(paths.stdout, 'w'), openSync(paths.stderr, 'w')] as const;
  const deadline = deadlineOf(readFileSync(file, 'utf8')) * PATIENCE;
  try {
    const [command = '', ...first] = prefix;
    const child = spawn(command, [...first, node, file], {
      detached: true,
      stdio: ['ignore', ...outputs],
      env: { ...process.env, ...env },
    });
    const group = child.pid;
    if (group === undefined) throw new Error(`Expected ${command} to start, it did not`);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(group);
    }, deadline * 1000);
    const stdoutSoFar = () => readFileSync(paths.stdout, 'utf8').replaceAll('\r\n', '\n');
    let hasStayed = false;
    let reportedAt: number | undefined;
    const watch = setInterval(() => {
      if (reportedAt === undefined && hasReported(stdoutSoFar())) reportedAt = performance.now();
      if (reportedAt === undefined || performance.now() - reportedAt < STAY_MS) return;
      hasStayed = true;
      endGroup(group);
    }, 1000);
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    clearInterval(watch);
    endGroup(group);
    const stdout = stdoutSoFar();
    const ending = hasStayed ? { exitCode: 0, signal: null } : { exitCode, signal };
    const verdict = judge({ stdout, ...ending, deadline: isLate && !hasStayed ? deadline : null });
    const seconds = (performance.now() - started) / 1000;
    return { ...verdict, file, output: stdout + readFileSync(paths.stderr, 'utf8'), seconds };
  } finally {
    for (const output of outputs) closeSync(output);
    rmSync(folder, { recursive: true });
  }
}
