import type { Grant } from '../../domain/policy/scope.ts';
import type { Eventual } from '../eventual.ts';

/** An API key as it is stored: without the secret. */
export interface ApiKey {
  /** Public: `tfk_<id>.<secret>`. */
  readonly id: string;
  readonly name?: string | undefined;
  /** SHA-256 of the whole key, in hexadecimal. */
  readonly sha256: string;
  readonly scopes: readonly Grant[];
  /** ISO 8601, UTC. */
  readonly created: string;
  /** ISO 8601, UTC; without one it is good until it is revoked. */
  readonly expires?: string | undefined;
}

/** The API keys that are good, by id, as they are now. */
export interface KeyStore {
  find(id: string): ApiKey | undefined;
}

/** Notes the uses of keys, for who administers them. */
export interface KeyUses {
  /** Returns at once, and never throws. */
  note(id: string): void;
}

export interface NewKey {
  readonly name?: string | undefined;
  readonly scopes: readonly Grant[];
  /** Seconds from now. */
  readonly lifetime?: number | undefined;
}

/** A key, whole, and what is stored of it. */
export interface CreatedKey {
  readonly key: string;
  readonly stored: ApiKey;
}

/** Gives a key to whoever asked for it, before it is stored: where that fails, nothing is stored. */
export type HandOver = (made: CreatedKey) => Promise<void>;

/** Administers what is stored. Every method throws DomainError `keys.unreadable` or `keys.not-written`. */
export interface KeyRing {
  /** Makes a key. @returns it whole: nobody can show it again */
  create(key: NewKey, handOver?: HandOver): Eventual<CreatedKey>;
  /** In the order in which they were made, those that ran out included. */
  list(): Eventual<readonly ApiKey[]>;
  /**
   * By id, the day (ISO 8601, UTC) on which a key was last used, as far as servers could write it down; undefined where none could.
   * Keys without one were not used since.
   */
  lastUses(): Eventual<ReadonlyMap<string, string> | undefined>;
  /**
   * Renews a key: it keeps its id, its name, its scopes and so what it owns; the old secret is refused from then on.
   * @param lifetime seconds from now; without one it is good until it is revoked
   * @returns it whole: nobody can show it again
   * @throws DomainError `keys.not-found`
   */
  rotate(id: string, lifetime: number | undefined, handOver?: HandOver): Eventual<CreatedKey>;
  /** @throws DomainError `keys.not-found` */
  revoke(id: string): Eventual<void>;
}
