import { createHash } from 'node:crypto';
import { type TargetName, targetNames } from './targets.ts';

/** One base runtime as it was when it was locked. */
export interface LockedBase {
  readonly package: string;
  readonly version: string;
  /** Of the package's archive, in npm's form: `sha512-<base64>`. */
  readonly integrity: string;
  /** Of the Node.js binary inside, in hex. */
  readonly sha256: string;
}

export type BaseLock = Readonly<Record<TargetName, LockedBase>>;

const fields = {
  package: /^node-[a-z0-9-]+$/,
  version: /^\d+\.\d+\.\d+$/,
  integrity: /^sha512-[A-Za-z0-9+/]{86}==$/,
  sha256: /^[0-9a-f]{64}$/,
};

/** Reads the text of `bases.lock.json`. Throws when a target or a field is missing or malformed. */
export function parseBaseLock(text: string): BaseLock {
  const lock = JSON.parse(text);
  for (const target of targetNames) {
    for (const [field, pattern] of Object.entries(fields)) {
      const value = lock[target]?.[field];
      if (typeof value === 'string' && pattern.test(value)) continue;
      throw new Error(
        `Expected the base lock's "${target}.${field}" to match ${pattern}, got ${JSON.stringify(value)}`,
      );
    }
  }
  return lock;
}

export function integrityOf(archive: Uint8Array): string {
  return `sha512-${createHash('sha512').update(archive).digest('base64')}`;
}

export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Throws unless the two are the same: `what` is not what was locked, and must not be built upon. */
export function verify(what: string, got: string, locked: string): void {
  if (got === locked) return;
  throw new Error(
    `Expected ${what} to be ${locked} as build/bases.lock.json says, got ${got}; nothing was built from it`,
  );
}
