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

export interface NewKey {
  readonly name?: string | undefined;
  readonly scopes: readonly Grant[];
  /** Seconds from now. */
  readonly lifetime?: number | undefined;
}

/** Administers what is stored. Every method throws DomainError `keys.unreadable` or `keys.not-written`. */
export interface KeyRing {
  /** Makes a key. @returns it whole: nobody can show it again */
  create(key: NewKey): Eventual<{ readonly key: string; readonly stored: ApiKey }>;
  /** In the order in which they were made, those that ran out included. */
  list(): Eventual<readonly ApiKey[]>;
  /** @throws DomainError `keys.not-found` */
  revoke(id: string): Eventual<void>;
}
