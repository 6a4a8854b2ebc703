import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { systemProgram } from '../spawn/system-program.ts';

/** Milliseconds that taskkill has; it takes some 100. */
const PATIENCE_MS = 5000;

const OPTIONS = { stdio: 'ignore', windowsHide: true } as const;

/**
 * Ends a process and those below it on Windows, which has no polite way to do so. Never rejects.
 * @param killAlone ends the process itself, where taskkill is not there, not allowed, not in time, or fails at one of them
 */
export async function taskkill(pid: number, killAlone: () => void): Promise<void> {
  if (!(await succeeds(pid))) killAlone();
}

/** The same, done when this returns. */
export function taskkillNow(pid: number, killAlone: () => void): void {
  const limits = { timeout: PATIENCE_MS, killSignal: 'SIGKILL' } as const;
  const { status } = spawnSync(systemProgram('taskkill.exe'), args(pid), { ...OPTIONS, ...limits });
  if (status !== 0) killAlone();
}

function succeeds(pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(systemProgram('taskkill.exe'), args(pid), OPTIONS);
    } catch {
      resolve(false); // a policy forbids it
      return;
    }
    // Its own `timeout` would keep this process for as long where it could not be started.
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const settle = (isDone: boolean) => {
      clearTimeout(timer);
      resolve(isDone);
    };
    child.on('error', () => settle(false));
    child.on('exit', (code) => settle(code === 0));
  });
}

const args = (pid: number) => ['/PID', String(pid), '/T', '/F'];
