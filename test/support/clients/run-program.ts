import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** A client's program, and what it is started with. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input?: string;
}

/** Milliseconds that a program may take; only a failing one gets there. */
const PATIENCE_MS = 120_000;

/** Starts a program. It stays in our process group, which ends with the test, or with the client's turn in `make clients`. */
export function startProgram({
  command,
  args,
  env,
  cwd,
  input = '',
}: Program): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { env, cwd });
  child.stdin.on('error', () => undefined); // a program that reads nothing: its exit code tells
  child.stdin.end(input);
  return child;
}

/**
 * Waits for the end of a program and returns what it wrote to stdout.
 * @throws Error if it fails, or does not end
 */
export async function outputOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  const timer = setTimeout(() => endProgram(child), PATIENCE_MS);
  try {
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (code === 0) return stdout;
    const said = `${stderr.slice(-2000)}\n${stdout.slice(-2000)}`.trim();
    throw new Error(`Expected ${child.spawnargs.join(' ')} to end with 0, got ${code}: ${said}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a program, and the wait for the output of what it has started. */
export function endProgram(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  child.stdout.destroy();
  child.stderr.destroy();
}
