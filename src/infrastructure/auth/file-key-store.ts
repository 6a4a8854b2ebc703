import { stat } from 'node:fs/promises';
import type { ApiKey, KeyStore } from '../../application/ports/key-store.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { readKeyFile, requireProtected, unreadable } from './key-file.ts';

/** A change holds within a second. */
const LOOK_MS = 400;

/**
 * Looks in a row that find no keys before those read earlier are forgotten. A file that is gone or empty says that nobody has a
 * key; once is not enough, since mounts and editors take a file away for a moment while they put another in its place. One that
 * can't be read may be half written, or may be how somebody meant to revoke a key: it is given a minute.
 */
const PATIENCE = { gone: 2, broken: 150 };
const limits = { gone: 'a moment', broken: 'one minute' };

export interface FileKeyStoreOptions {
  readonly path: string;
  readonly logger: Logger;
  /** Milliseconds between two looks. */
  readonly lookMs?: number;
}

/** The reason why a look found no keys. */
interface Trouble {
  readonly kind: 'gone' | 'broken';
  readonly error: Error;
  /** True if there is no file at all. */
  readonly isMissing?: true;
}

/** The keys of one file, which is looked at again and again. */
export class FileKeyStore implements KeyStore {
  private readonly options: FileKeyStoreOptions;
  private keys: ReadonlyMap<string, ApiKey> = new Map();
  /** Tells one state of the file from another. */
  private seen: string | undefined;
  private trouble: Trouble | undefined;
  /** Looks in a row that found trouble of one kind. */
  private looks = 0;
  private looking: NodeJS.Timeout | undefined;
  private isClosed = false;

  private constructor(options: FileKeyStoreOptions) {
    this.options = options;
  }

  /** Reads the file, which may come later, and keeps an eye on it until `close`. @throws DomainError `keys.unreadable` */
  static async open(options: FileKeyStoreOptions): Promise<FileKeyStore> {
    const store = new FileKeyStore(options);
    const found = await store.read();
    // Without a file nobody is admitted; whoever makes it puts something in.
    if (typeof found === 'object' && !found.isMissing) throw found.error;
    if (typeof found === 'object') store.trouble = found;
    store.lookLater();
    return store;
  }

  find(id: string): ApiKey | undefined {
    return this.keys.get(id);
  }

  get size(): number {
    return this.keys.size;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.looking);
  }

  private lookLater(): void {
    if (this.isClosed) return;
    const { lookMs = LOOK_MS } = this.options;
    this.looking = setTimeout(() => void this.look().then(() => this.lookLater()), lookMs).unref();
  }

  private async look(): Promise<void> {
    const found = await this.read().catch(
      (error): Trouble => ({
        kind: 'broken',
        error: error instanceof Error ? error : new Error(String(error)),
      }),
    );
    if (typeof found === 'object') {
      this.bear(found);
      return;
    }
    if (found === 'read') this.options.logger.info('Read the API keys again', { keys: this.keys.size });
    this.trouble = undefined;
  }

  /** Told once each: the file is looked at often. */
  private bear(trouble: Trouble): void {
    const { kind, error } = trouble;
    const last = this.trouble;
    this.trouble = trouble;
    this.looks = kind === last?.kind ? this.looks + 1 : 1;
    if (error.message !== last?.error.message) {
      const held = this.keys.size === 0 ? '' : `: those read before are valid for ${limits[kind]}`;
      this.options.logger.error(`The API keys can not be read again${held}`, { error: error.message });
    }
    if (this.looks === PATIENCE[kind]) this.forget();
  }

  private forget(): void {
    this.seen = undefined; // the same file may come back
    if (this.keys.size === 0) return;
    this.keys = new Map();
    this.options.logger.error('No API key is valid any more, until their file can be read again');
  }

  private async read(): Promise<'read' | 'unchanged' | Trouble> {
    const { path } = this.options;
    const status = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw unreadable(path, error.message);
    });
    if (status === undefined)
      return { kind: 'gone', isMissing: true, error: unreadable(path, 'there is none') };
    if (status.isFile() && status.size === 0n)
      return { kind: 'gone', error: unreadable(path, 'it is empty') };
    const { dev, ino, size, mtimeNs, ctimeNs } = status;
    const seen = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    if (seen === this.seen) return 'unchanged';
    requireProtected(path, status);
    const keys = await readKeyFile(path);
    if (keys === undefined)
      return { kind: 'gone', isMissing: true, error: unreadable(path, 'there is none') };
    this.keys = new Map(keys.map((key) => [key.id, key]));
    this.seen = seen;
    return 'read';
  }
}
