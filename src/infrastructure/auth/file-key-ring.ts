import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiKey, KeyRing, NewKey } from '../../application/ports/key-store.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { writeWholeFile } from '../files/write/write-whole-file.ts';
import { newKeyText, sha256Of } from './api-key-text.ts';
import { keyFileText, readKeyFile } from './key-file.ts';

/** Another process is done long before. */
const TRIES = 100;
const PAUSE_MS = 20;

type Edit = (keys: readonly ApiKey[]) => readonly ApiKey[];

/** The keys of one file, for who administers them: it is written whole, and by one process at a time. */
export class FileKeyRing implements KeyRing {
  private readonly path: string;
  private readonly now: () => number;

  constructor(path: string, now: () => number = Date.now) {
    this.path = path;
    this.now = now;
  }

  async create({
    name,
    scopes,
    lifetime,
  }: NewKey): Promise<{ readonly key: string; readonly stored: ApiKey }> {
    const { id, key } = newKeyText();
    const now = this.now();
    const stored: ApiKey = {
      id,
      ...(name !== undefined && { name }),
      sha256: sha256Of(key),
      scopes,
      created: new Date(now).toISOString(),
      ...(lifetime !== undefined && { expires: new Date(now + lifetime * 1000).toISOString() }),
    };
    await this.change((keys) => [...keys, stored]);
    return { key, stored };
  }

  /** Without a file there is no key yet. */
  async list(): Promise<readonly ApiKey[]> {
    return (await readKeyFile(this.path)) ?? [];
  }

  async revoke(id: string): Promise<void> {
    await this.change((keys) => {
      const others = keys.filter((key) => key.id !== id);
      if (others.length === keys.length) throw keyNotFound(id);
      return others;
    });
  }

  /** Two that change the file at once would lose what one of them did: a revocation, it may be. */
  private async change(edit: Edit): Promise<void> {
    const lock = `${this.path}.lock`;
    await this.lock(lock);
    try {
      const text = keyFileText(edit(await this.list()));
      await writeWholeFile(this.path, text, { replace: true }).catch(this.refuse);
    } finally {
      await rm(lock, { force: true });
    }
  }

  private async lock(lock: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 }).catch(this.refuse);
    for (let tries = TRIES; !(await this.acquire(lock)); tries -= 1) {
      if (tries === 0) throw notWritten(`"${lock}" says that another process does; if none does, remove it`);
      await sleep(PAUSE_MS);
    }
  }

  private async acquire(lock: string): Promise<boolean> {
    try {
      await writeFile(lock, '', { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      return this.refuse(error as Error);
    }
  }

  private readonly refuse = ({ message }: Error): never => {
    throw notWritten(message);
  };
}

function notWritten(why: string): DomainError {
  return new DomainError('keys.not-written', 'unavailable', `The API keys could not be changed: ${why}`);
}

function keyNotFound(id: string): DomainError {
  return new DomainError(
    'keys.not-found',
    'not-found',
    `There is no API key "${shorten(id, 80)}"; "tfo-mcp keys list" shows those that there are`,
  );
}
