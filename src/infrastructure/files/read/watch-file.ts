import { type BigIntStats, type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf, fileFailure } from '../file-failure.ts';
import type { PathGuard } from '../guard/path-guard.ts';
import { requireRegular } from './open-regular.ts';

/** A save is a burst of events; a log file can be one without end. */
const GATHER_MS = 100;

/** In the place of a signature, where there is no file to have one. */
const NOTHING = 'nothing';

/**
 * Watches a file by the directories that its name, and where that leads, are in: editors save by putting a new file in its
 * place, which a watch on the file itself would follow into oblivion. Goes on when file or directory vanish and come back.
 * @throws DomainError as in `Files`
 */
export async function watchFile(
  guard: PathGuard,
  path: string,
  grant: PathGrant,
  onChange: () => void,
): Promise<() => void> {
  const { named, real } = await guard.enter(path, grant);
  const file = new WatchedFile(guard, named, grant, onChange);
  try {
    requireRegular(await stat(real), named);
    await file.start();
    return () => file.stop();
  } catch (error) {
    file.stop();
    throw watchFailure(error, named);
  }
}

class WatchedFile {
  private readonly guard: PathGuard;
  private readonly named: string;
  private readonly grant: PathGrant;
  private readonly onChange: () => void;
  /** By directory and its identity: one that was made anew under the same path is another one. */
  private watchers = new Map<string, FSWatcher>();
  private signature = NOTHING;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(guard: PathGuard, named: string, grant: PathGrant, onChange: () => void) {
    this.guard = guard;
    this.named = named;
    this.grant = grant;
    this.onChange = onChange;
  }

  async start(): Promise<void> {
    await this.arm();
    this.signature = await this.look();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private readonly notice = (): void => {
    if (this.isStopped || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      void this.settle().catch(() => this.notice()); // what failed may work at the next look
    }, GATHER_MS);
    this.timer.unref();
  };

  private async settle(): Promise<void> {
    try {
      await this.arm();
    } finally {
      this.timer = undefined; // what happens from here on is looked at again
    }
    const signature = await this.look();
    if (this.isStopped || signature === this.signature) return;
    this.signature = signature;
    this.onChange();
  }

  /** Watches where the file is, or should be, now. */
  private async arm(): Promise<void> {
    const before = this.watchers;
    const now = new Map<string, FSWatcher>();
    const directories = await this.directories();
    if (this.isStopped) return;
    for (const [key, directory] of directories) {
      const watcher = before.get(key) ?? this.watchDirectory(key, directory);
      if (watcher) now.set(key, watcher);
    }
    this.watchers = now;
    for (const [key, watcher] of before) if (!now.has(key)) watcher.close();
    if (now.size === 0) this.notice();
  }

  private watchDirectory(key: string, directory: string): FSWatcher | undefined {
    try {
      const watcher = watch(directory, { persistent: false }, this.notice);
      watcher.on('error', () => {
        watcher.close();
        this.watchers.delete(key);
        this.notice();
      });
      return watcher;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined; // gone between two looks
      throw error;
    }
  }

  /** The directory of the name and the one it leads to; where there is none, the nearest above that exists. */
  private async directories(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const real = await this.realPath();
    for (const path of real === undefined ? [this.named] : [this.named, real]) {
      for (let directory = dirname(path); ; directory = dirname(directory)) {
        const stats = await lookAt(directory);
        if (stats?.isDirectory()) found.set(identityOf(stats, directory), directory);
        if (stats?.isDirectory() || dirname(directory) === directory) break;
      }
    }
    return found;
  }

  /** The present identity of the file: it changes with the content, and with the file that has the name. */
  private async look(): Promise<string> {
    const real = await this.realPath();
    const stats = real === undefined ? undefined : await lookAt(real);
    if (!stats?.isFile()) return NOTHING;
    return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
  }

  /** Undefined where the name leads to nothing that is allowed any more. */
  private async realPath(): Promise<string | undefined> {
    try {
      return (await this.guard.enter(this.named, this.grant)).real;
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}

/** Inode numbers are used again at once; the time of birth tells the new directory from the old. */
const identityOf = ({ dev, ino, birthtimeNs }: BigIntStats, path: string) =>
  `${dev}:${ino}:${birthtimeNs}:${path}`;

async function lookAt(path: string) {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined; // not there, or not to be seen
  }
}

/** The limits behind codes that mean something else for other calls: inotify_init(2), inotify_add_watch(2). */
const WATCH_LIMITS: Readonly<Record<string, string>> = {
  EMFILE: 'on open files or watchers (on Linux "ulimit -n" and fs.inotify.max_user_instances)',
  ENOSPC: 'on watched directories (on Linux fs.inotify.max_user_watches)',
};

/** As `fileFailure`, for watching. */
export function watchFailure(error: unknown, named: string): unknown {
  const limit = WATCH_LIMITS[codeOf(error) ?? ''];
  if (limit === undefined) return fileFailure(error, named);
  return new DomainError(
    'file.failed',
    'exhausted',
    `Watching ${quotePath(named)} is more than the system's limit ${limit}; raise it, or unsubscribe from other files`,
  );
}
