import { constants } from 'node:fs';
import { access, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf } from '../file-failure.ts';
import type { GuardedPath, PathGuard } from '../guard/path-guard.ts';

/** A directory to work in that stays the one that was let through, whatever becomes of its path. */
export interface OpenFolder {
  /** Its real path when it was opened. */
  readonly real: string;
  /** A path to the name in this very directory; elsewhere than on Linux only as long as `verify` holds. */
  path(name: string): string;
  /** @throws DomainError `path.outside` when the path leads elsewhere by now */
  verify(): Promise<void>;
  /** Makes the names in it last. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

const DIRECTORY = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens a directory. Paths below it go through its descriptor where the system has a name for that: the kernel then starts from
 * the open directory itself, as `openat` would, which Node doesn't have.
 * @param at how to reach it
 * @param entered what the guard let through
 */
export async function openFolder(
  guard: PathGuard,
  at: string,
  entered: GuardedPath,
  grant: PathGrant,
): Promise<OpenFolder> {
  if (guard.platform === 'windows') return await pathFolder(guard, entered, grant);
  const handle = await open(at, DIRECTORY);
  try {
    const real = await guard.verifyOpened(handle, grant, entered);
    const byDescriptor = `/proc/self/fd/${handle.fd}`;
    const isPinned = guard.platform === 'linux' && (await exists(byDescriptor));
    const base = isPinned ? byDescriptor : real;
    return {
      real,
      path: (name) => `${base}/${name}`,
      verify: async () => {
        if (!isPinned) await guard.verifyOpened(handle, grant, { named: entered.named, real });
      },
      sync: () => syncFolder(handle),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const MOVED = 'The directory was moved while it was written to; try again';

/** Windows opens no directories through Node: the path is looked up again before each change. */
async function pathFolder(guard: PathGuard, entered: GuardedPath, grant: PathGrant): Promise<OpenFolder> {
  const verify = async () => {
    const { real } = await guard.enter(entered.real, grant);
    if (real !== entered.real) throw new DomainError('file.failed', 'unavailable', MOVED);
  };
  await verify();
  return {
    real: entered.real,
    path: (name) => join(entered.real, name),
    verify,
    sync: async () => undefined,
    close: async () => undefined,
  };
}

/** Not every file system can: what it holds was written, though it may not outlive a crash under its new name. */
async function syncFolder(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EACCES', 'EBADF'].includes(codeOf(error) ?? ''))
      throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false; // no /proc here
  }
}
