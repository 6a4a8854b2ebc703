import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { judge, type Verdict } from './judge.ts';

export interface FileResult extends Verdict {
  readonly file: string;
  readonly seconds: number;
  /** stdout and stderr, as they came. */
  readonly output: string;
}

const defaultDeadline = 120;

/** The seconds that a test file may take: `// deadline: 300` in its first line, or 120. */
export function deadlineOf(source: string): number {
  return Number(/^\/\/ deadline: (\d+)\n/.exec(source)?.[1] ?? defaultDeadline);
}

/** Process groups that are running; a signal to us isn't one to them. */
const running = new Set<number>();

export function endRunningFiles(): void {
  for (const group of running) endGroup(group);
}

/** Runs one uvu file in a process of its own, with all that it starts ended when it ends or its time is up. */
export async function runFile(file: string): Promise<FileResult> {
  const started = performance.now();
  const deadline = deadlineOf(readFileSync(file, 'utf8'));
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [file], { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const group = child.pid;
  if (group === undefined) throw new Error(`Expected ${process.execPath} to start, it did not`);
  running.add(group);

  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });

  const closed = once(child, 'close');
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(group);
  }, deadline * 1000);
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  endGroup(group);
  running.delete(group);
  // A process that left the group can keep the pipes open for ever; what the file wrote is here by then.
  await Promise.race([closed, delay(1000, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();

  const verdict = judge({ stdout, exitCode, signal, deadline: late ? deadline : null });
  return { ...verdict, file, output, seconds: (performance.now() - started) / 1000 };
}

export function endGroup(group: number): void {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 'SIGKILL'); // Windows has no groups
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
