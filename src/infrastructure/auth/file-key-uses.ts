import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyUses } from '../../application/ports/key-store.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { dropStaleLock, takeLock } from '../files/write/file-lock.ts';
import { writeWholeFile } from '../files/write/write-whole-file.ts';
import { laterDays, readUsesFile, usesFileText } from './key-uses-file.ts';
import { usesPathOf } from './uses-path.ts';

/** Between two writes of what was noted. */
const INTERVAL_MS = 60_000;

/** Tries to write at the end, and the pause between two: another process has the lock for some milliseconds. */
const LAST_TRIES = 20;
const LAST_PAUSE_MS = 10;

/** No process takes so long to write it. */
const STALE_MS = 30_000;

export interface FileKeyUsesOptions {
  /** Of the file of the keys. */
  readonly keysPath: string;
  /** True for a key that there is: others are forgotten. */
  readonly isKnown: (id: string) => boolean;
  readonly logger: Logger;
  readonly intervalMs?: number;
  readonly now?: () => number;
}

/** The days on which keys were last used, in a file beside theirs. Several servers may share it: the latest day of each holds. */
export class FileKeyUses implements KeyUses {
  private readonly options: FileKeyUsesOptions;
  private readonly path: string;
  private days = new Map<string, string>();
  private today = { number: Number.NaN, text: '' };
  private isDirty = true;
  private hasComplained = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;
  /** The time from which on may be written, by a clock that never goes back; a timer waits for it. */
  private next = 0;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(options: FileKeyUsesOptions) {
    this.options = options;
    this.path = usesPathOf(options.keysPath);
  }

  /** Writes the file at once, so that one that can't be is told at the start. */
  async open(): Promise<void> {
    this.writing = this.write();
    await this.writing;
  }

  /** Remembers; no request waits for the file, which has the first use soon, and the others once in an interval. */
  note(id: string): void {
    const day = this.day();
    if (day <= (this.days.get(id) ?? '')) return;
    this.days.set(id, day);
    this.isDirty = true;
    this.writeLater();
  }

  /** Writes what has not been written yet. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.writing;
    // Servers that share the file are often stopped together.
    for (let tries = LAST_TRIES; this.isDirty && tries > 0; tries -= 1) {
      if ((await this.write()) !== 'locked') return;
      await sleep(LAST_PAUSE_MS);
    }
  }

  private day(): string {
    const time = this.options.now?.() ?? Date.now();
    const number = Math.floor(time / 86_400_000);
    if (number !== this.today.number)
      this.today = { number, text: new Date(time).toISOString().slice(0, 10) };
    return this.today.text;
  }

  private writeLater(): void {
    if (this.isClosed) return;
    this.timer ??= setTimeout(
      async () => {
        this.writing = this.write();
        await this.writing;
        this.next = performance.now() + (this.options.intervalMs ?? INTERVAL_MS);
        this.timer = undefined;
        if (this.isDirty) this.writeLater();
      },
      Math.max(0, this.next - performance.now()),
    ).unref();
  }

  /** Leaves what another has locked to the next time, and says so. */
  private async write(): Promise<'locked' | undefined> {
    const lock = `${this.path}.lock`;
    try {
      await dropStaleLock(lock, STALE_MS);
      const taken = await takeLock(lock);
      if (taken === undefined) return 'locked';
      try {
        await this.merge();
      } finally {
        await taken.release();
      }
    } catch (error) {
      this.complain(error as Error);
    }
    return undefined;
  }

  private async merge(): Promise<void> {
    this.isDirty = false; // what is noted from here on is written the next time
    try {
      const merged = laterDays((await readUsesFile(this.path)) ?? new Map(), this.days);
      const known = [...merged].filter(([id]) => this.options.isKnown(id));
      this.days = laterDays(this.days, new Map(known));
      await writeWholeFile(this.path, usesFileText(new Map(known)), { replace: true });
    } catch (error) {
      this.isDirty = true;
      throw error;
    }
  }

  private complain({ message }: Error): void {
    if (this.hasComplained) return;
    this.hasComplained = true;
    this.options.logger.warn(
      'The last use of API keys can not be written, so that "keys list" does not know it',
      {
        error: message,
      },
    );
  }
}
