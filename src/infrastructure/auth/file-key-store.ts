import { stat } from 'node:fs/promises';
import type { ApiKey, KeyStore } from '../../application/ports/key-store.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { readKeyFile, requireProtected, unreadable } from './key-file.ts';

/** A change holds within a second. */
const LOOK_MS = 400;

export interface FileKeyStoreOptions {
  readonly path: string;
  readonly logger: Logger;
}

/** The keys of one file, which is looked at again and again. One that can't be read leaves the keys as they were. */
export class FileKeyStore implements KeyStore {
  private readonly path: string;
  private readonly logger: Logger;
  private keys: ReadonlyMap<string, ApiKey> = new Map();
  /** What tells one state of the file from another. */
  private seen: string | undefined;
  private trouble: string | undefined;
  private looking: NodeJS.Timeout | undefined;
  private isClosed = false;

  private constructor({ path, logger }: FileKeyStoreOptions) {
    this.path = path;
    this.logger = logger;
  }

  /** Reads the file, and keeps an eye on it until `close`. @throws DomainError `keys.unreadable` */
  static async open(options: FileKeyStoreOptions): Promise<FileKeyStore> {
    const store = new FileKeyStore(options);
    await store.read();
    store.lookLater();
    return store;
  }

  find(id: string): ApiKey | undefined {
    return this.keys.get(id);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.looking);
  }

  private lookLater(): void {
    if (this.isClosed) return;
    this.looking = setTimeout(() => void this.look().then(() => this.lookLater()), LOOK_MS).unref();
  }

  private async look(): Promise<void> {
    try {
      if (await this.read()) this.logger.info('Read the API keys again', { keys: this.keys.size });
      this.trouble = undefined;
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
    }
  }

  /** Once each way in which it is broken: it is looked at often. */
  private tell(trouble: string): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.logger.error(
      'The API keys can not be read again: those read before still hold, revoked since or not',
      {
        error: trouble,
      },
    );
  }

  /** @returns whether there was something new */
  private async read(): Promise<boolean> {
    const status = await stat(this.path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(this.path, error.code === 'ENOENT' ? 'there is none' : error.message);
    });
    const { dev, ino, size, mtimeNs, ctimeNs } = status;
    const seen = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    if (seen === this.seen) return false;
    requireProtected(this.path, status);
    const keys = await readKeyFile(this.path);
    if (keys === undefined) throw unreadable(this.path, 'there is none');
    this.keys = new Map(keys.map((key) => [key.id, key]));
    this.seen = seen;
    return true;
  }
}
