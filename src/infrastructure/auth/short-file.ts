import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes of some ten thousand keys. */
export const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The text of a regular file of at most `MOST_BYTES`. Opened without waiting: nobody may ever write to a named pipe, and no later
 * look would come to its turn. @throws Error as the system gives it, or the reason in its message
 */
export async function readShortFile(path: string): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new Error('it is no regular file');
    if (status.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
