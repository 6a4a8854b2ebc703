import type { Authenticator, Rejection } from '../../application/ports/authenticator.ts';
import type { ApiKey, KeyStore, KeyUses } from '../../application/ports/key-store.ts';
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
  private readonly uses: KeyUses | undefined;
  /** The hash of the key that each came with: a renewed key has the id of the old one. */
  private readonly cameWith = new WeakMap<Principal, string>();

  constructor(keys: KeyStore, now: () => number = Date.now, uses?: KeyUses) {
    this.keys = keys;
    this.now = now;
    this.uses = uses;
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
    this.uses?.note(id);
    const principal = principalOf(key);
    this.cameWith.set(principal, key.sha256);
    return principal;
  }

  isStillGood(principal: Principal): boolean {
    const key = this.keyOf(principal);
    return key !== undefined && this.cameWith.get(principal) === key.sha256;
  }

  mayReturn(principal: Principal): boolean {
    return this.keyOf(principal) !== undefined;
  }

  /** The key that a principal can come with today, be it renewed since. */
  private keyOf({ id, kind, scopes }: Principal): ApiKey | undefined {
    const key = kind === 'key' ? this.keys.find(id.slice(ID_PREFIX.length)) : undefined;
    if (key === undefined || this.isExpired(key)) return undefined;
    return String(key.scopes) === String(scopes) ? key : undefined;
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
