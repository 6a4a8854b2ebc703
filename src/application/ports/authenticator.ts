import type { Eventual } from '../eventual.ts';
import type { Principal } from '../request-context.ts';

/** The reason why a credential lets nobody in: it is not good, or nobody could tell. Never has any part of it. */
export interface Rejection {
  readonly rejected: 'invalid' | 'unavailable';
  /** For whoever sent it. */
  readonly message: string;
}

/** Tells by a credential, an API key or a token, who comes. */
export interface Authenticator {
  /** True if a credential is one of its kind, good or not. */
  recognizes(credential: string): boolean;
  /** True if `authenticate` answers without work that a flood of unauthenticated requests could wear the server out with. */
  isCheap(credential: string): boolean;
  authenticate(credential: string): Eventual<Principal | Rejection>;
  /** True if someone who was let in still would be: a key may have been revoked since, a token run out. */
  isStillGood(principal: Principal): boolean;
  /** True if someone who is good no more may be so again with another credential: a newer token, a renewed key. */
  mayReturn(principal: Principal): boolean;
}
