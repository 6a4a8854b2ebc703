import type { IncomingMessage } from 'node:http';
import type { Eventual } from '../../../../application/eventual.ts';
import type { Taken } from '../../../../application/ports/rate-limiter.ts';
import type { Principal } from '../../../../application/request-context.ts';
import type { Refusal } from '../../../protocol/http/refusals.ts';

/** Decides who may send requests, and how many. */
export interface Admission {
  /** The principal that sends a request, or why it is refused. */
  admit(request: IncomingMessage): Eventual<Principal | Refusal>;
  /** Counts messages of an admitted principal against its rate, at most so many. */
  countMessages(principal: Principal, most: number): Eventual<Taken>;
  /** Tells whether a principal that was admitted still would be: its key may have been revoked since, its token run out. */
  isStillAuthorized(principal: Principal): boolean;
  /** Tells whether one that is authorized no more may come back with another credential. */
  mayReturn(principal: Principal): boolean;
}
