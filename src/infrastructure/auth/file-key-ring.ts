import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Eventual } from '../../application/eventual.ts';
import type { ApiKey, CreatedKey, HandOver, KeyRing, NewKey } from '../../application/ports/key-store.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { dropStaleLock, type FileLock, takeLock } from '../files/write/file-lock.ts';
import { makeFolders } from '../files/write/make-folders.ts';
import { writeWholeFile } from '../files/write/write-whole-file.ts';
import { newKeyText, sha256Of } from './api-key-text.ts';
import { keyFileText, readKeyFile } from './key-file.ts';
import { type LastDays, readUsesFile } from './key-uses-file.ts';
import { usesPathOf } from './uses-path.ts';

/** No process takes so long to change the file: one that has its lock for longer was killed. */
const STALE_MS = 3000;

/** Looks at a lock of another process, and the pause between two: together longer than the time after which it is stale. */
const TRIES = 200;
const PAUSE_MS = 20;

type Edit = (keys: readonly ApiKey[]) => Eventual<readonly ApiKey[]>;

/** The keys of one file, for who administers them: it is written whole, and by one process at a time. */
export class FileKeyRing implements KeyRing {
  private readonly path: string;
  private readonly now: () => number;

  constructor(path: string, now: () => number = Date.now) {
    this.path = path;
    this.now = now;
  }

  async create({ name, scopes, lifetime }: NewKey, handOver?: HandOver): Promise<CreatedKey> {
    const { id, key } = newKeyText();
    const stored: ApiKey = {
      id,
      ...(name !== undefined && { name }),
      sha256: sha256Of(key),
      scopes,
      created: new Date(this.now()).toISOString(),
      ...this.expiry(lifetime),
    };
    await this.change(async (keys) => {
      await handOver?.({ key, stored });
      return [...keys, stored];
    });
    return { key, stored };
  }

  async rotate(id: string, lifetime: number | undefined, handOver?: HandOver): Promise<CreatedKey> {
    const { key } = newKeyText(id);
    const renew = ({ expires, ...lasting }: ApiKey) => ({
      ...lasting,
      sha256: sha256Of(key),
      ...this.expiry(lifetime),
    });
    const changed = await this.change(async (keys) => {
      const renewed = keys.map((old) => (old.id === id ? renew(old) : old));
      await handOver?.({ key, stored: keyIn(renewed, id) });
      return renewed;
    });
    return { key, stored: keyIn(changed, id) };
  }

  private expiry(lifetime: number | undefined): Pick<ApiKey, 'expires'> {
    if (lifetime === undefined) return {};
    return { expires: new Date(this.now() + lifetime * 1000).toISOString() };
  }

  /** A server that can't read the file says so; here it is as if there were none. */
  lastUses(): Promise<LastDays | undefined> {
    return readUsesFile(usesPathOf(this.path)).catch(() => undefined);
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
  private async change(edit: Edit): Promise<readonly ApiKey[]> {
    const lock = await this.lock();
    try {
      const keys = await edit(await this.list());
      const beforeReplacing = () => {
        if (!lock.isHeld()) throw new Error('another process did it meanwhile; try again');
      };
      await writeWholeFile(this.path, keyFileText(keys), { replace: true, beforeReplacing }).catch(
        this.refuse,
      );
      return keys;
    } finally {
      await lock.release();
    }
  }

  private async lock(): Promise<FileLock> {
    const path = `${this.path}.lock`;
    await makeFolders(dirname(path)).catch(this.refuse);
    for (let tries = TRIES; ; tries -= 1) {
      const lock = await takeLock(path).catch(this.refuse);
      if (lock !== undefined) return lock;
      await dropStaleLock(path, STALE_MS).catch(this.refuse);
      if (tries === 0) throw notWritten(`"${path}" says that another process does; if none does, remove it`);
      await sleep(PAUSE_MS);
    }
  }

  private readonly refuse = ({ message }: Error): never => {
    throw notWritten(message);
  };
}

function notWritten(why: string): DomainError {
  return new DomainError('keys.not-written', 'unavailable', `The API keys could not be changed: ${why}`);
}

function keyIn(keys: readonly ApiKey[], id: string): ApiKey {
  const found = keys.find((key) => key.id === id);
  if (found === undefined) throw keyNotFound(id);
  return found;
}

function keyNotFound(id: string): DomainError {
  return new DomainError(
    'keys.not-found',
    'not-found',
    `There is no API key "${shorten(id, 80)}"; "tfo-mcp keys list" shows those that there are`,
  );
}
