import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './file-failure.ts';

/** Failures by which Windows says that somebody has a file open: a program, a virus scanner, the search index. */
const IN_USE: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Milliseconds. Who only looks into a file is done long before. */
const PATIENCE = 1000;
const LONGEST_PAUSE = 50;

/** True if a failure can mean that somebody has the file open, which hinders nobody but on Windows. */
export const isInUse = (error: unknown, platform: string = process.platform): boolean =>
  platform === 'win32' && IN_USE.has(codeOf(error));

/**
 * Reads or changes a file, again and again for a second where Windows refuses that while somebody has it open; elsewhere once.
 * @throws the last failure
 */
export async function retryWhileInUse<T>(
  use: () => Promise<T>,
  platform: string = process.platform,
): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await use();
    } catch (error) {
      if (!isInUse(error, platform) || performance.now() > deadline) throw error;
      await sleep(pause * (0.5 + Math.random())); // several that wait for each other don't come back together
    }
  }
}
