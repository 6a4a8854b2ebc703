import type { Authenticator, Rejection } from '../../application/ports/authenticator.ts';
import type { ApiKey, KeyStore } from '../../application/ports/key-store.ts';
import type { Principal } from '../../application/request-context.ts';
import { idOfKey, isKeyOf, KEY_PREFIX } from './api-key-text.ts';

/** The same for whatever is wrong with a key: who guesses learns nothing. */
const INVALID: Rejection = {
  rejected: 'invalid',
  message: 'The API key is not one of this server: it was mistyped, revoked, or has expired',
};

/** Knows callers by their API keys. */
export class KeyAuthenticator implements Authenticator {
  private readonly keys: KeyStore;
  private readonly now: () => number;

  constructor(keys: KeyStore, now: () => number = Date.now) {
    this.keys = keys;
    this.now = now;
  }

  recognizes(credential: string): boolean {
    return credential.startsWith(KEY_PREFIX);
  }

  isCheap(): boolean {
    return true;
  }

  authenticate(credential: string): Principal | Rejection {
    const id = idOfKey(credential);
    if (id === undefined) return INVALID;
    const key = this.keys.find(id);
    if (!isKeyOf(credential, key?.sha256) || key === undefined || this.isExpired(key)) return INVALID;
    return principalOf(key);
  }

  isStillGood({ id, kind, scopes }: Principal): boolean {
    const key = kind === 'key' ? this.keys.find(id.slice(ID_PREFIX.length)) : undefined;
    return key !== undefined && !this.isExpired(key) && String(key.scopes) === String(scopes);
  }

  /** One that nobody can tell the time of has expired. */
  private isExpired({ expires }: ApiKey): boolean {
    return expires !== undefined && !(Date.parse(expires) > this.now());
  }
}

const ID_PREFIX = 'key:';

function principalOf({ id, scopes }: ApiKey): Principal {
  return { id: `${ID_PREFIX}${id}`, kind: 'key', scopes };
}
