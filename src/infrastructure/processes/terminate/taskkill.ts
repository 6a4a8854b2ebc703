import { spawn, spawnSync } from 'node:child_process';
import { win32 } from 'node:path';

/** Ends a process and those below it on Windows, which has no polite way to do so. Resolves when it was told to. */
export function taskkill(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program(), args(pid), { stdio: 'ignore', windowsHide: true });
    // Its exit code doesn't matter: the process has ended, or can't be.
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
}

/** The same, done when this returns. */
export function taskkillNow(pid: number): void {
  spawnSync(program(), args(pid), { stdio: 'ignore', windowsHide: true });
}

const program = () => win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');

const args = (pid: number) => ['/PID', String(pid), '/T', '/F'];
