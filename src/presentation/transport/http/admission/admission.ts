import type { IncomingMessage } from 'node:http';
import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Authenticator, Rejection } from '../../../../application/ports/authenticator.ts';
import type { Rate, Taken } from '../../../../application/ports/rate-limiter.ts';
import { countedName, localUser, type Principal } from '../../../../application/request-context.ts';
import type { Refusal } from '../http-exchange.ts';
import type { Doorkeeper } from '../routes.ts';
import {
  authenticationRequired,
  credentialInvalid,
  credentialMalformed,
  scopeMissing,
  tooManyRequests,
  verifierUnavailable,
} from './admission-refusals.ts';
import { countedAddress } from './client-address.ts';
import { readCredentials } from './credentials.ts';

export interface DoorOptions {
  /** Who is asked whom a credential belongs to; with none, nobody has to say who they are. */
  readonly authenticators: readonly Authenticator[];
  /** How many requests each principal may send, and each address whose requests are turned away. */
  readonly rate?: Rate | undefined;
  /** Where a client of this request learns whom to ask for a token; undefined where there are none. */
  readonly metadataUrl: (request: IncomingMessage) => string | undefined;
  /** How long who comes too often waits to be told so. */
  readonly delay: () => Promise<void>;
}

/** Who has yet to prove who they are. */
interface Caller {
  readonly request: IncomingMessage;
  readonly address: string;
  readonly metadata: string | undefined;
}

/** Lets in who can say who they are, as often as they may come. */
export class Door implements Doorkeeper {
  private readonly options: DoorOptions;

  constructor(options: DoorOptions) {
    this.options = options;
  }

  admit(request: IncomingMessage): Eventual<Principal | Refusal> {
    const address = countedAddress(request.socket.remoteAddress);
    const { authenticators, metadataUrl } = this.options;
    if (authenticators.length === 0) return this.count({ ...localUser, countedAs: address }, request);
    const credentials = readCredentials(request.headers);
    const metadata = metadataUrl(request);
    const caller = { request, address, metadata };
    switch (credentials.kind) {
      case 'none':
        return this.turnAway(authenticationRequired(metadata), caller);
      case 'malformed':
        return this.turnAway(credentialMalformed(credentials.message, metadata), caller);
      case 'given':
        return this.authenticate(credentials.credential, caller);
    }
  }

  takeTurns(principal: Principal, most: number): Eventual<Taken> {
    const { rate } = this.options;
    if (rate === undefined) return { count: most, waitMs: 0 };
    return rate.limiter.takeSome(requestsOf(principal), rate.limit, most);
  }

  isWelcome(principal: Principal): boolean {
    if (principal.kind === 'local') return true;
    return this.options.authenticators.some((authenticator) => authenticator.isStillGood(principal));
  }

  /** A crowd of bad tokens must not keep the server busy with verifying them; good ones that it knows are let through. */
  private authenticate(credential: string, caller: Caller): Eventual<Principal | Refusal> {
    const authenticator = this.options.authenticators.find((one) => one.recognizes(credential));
    if (authenticator === undefined) {
      const message = 'Expected an API key of this server, which takes no other tokens';
      return this.turnAway(credentialInvalid(message, caller.metadata), caller);
    }
    const verify = () =>
      andThen(authenticator.authenticate(credential), (found) => this.decide(found, caller));
    if (authenticator.isCheap(credential)) return verify();
    return andThen(this.waitFor(caller.address), (waitMs) =>
      waitMs > 0 ? this.slowDown(caller.request, waitMs) : verify(),
    );
  }

  private decide(found: Principal | Rejection, caller: Caller): Eventual<Principal | Refusal> {
    const { metadata, request } = caller;
    if (!('rejected' in found))
      return found.scopes?.length === 0
        ? this.turnAway(scopeMissing(metadata), caller)
        : this.count(found, request);
    const { rejected, message } = found;
    const refusal =
      rejected === 'invalid' ? credentialInvalid(message, metadata) : verifierUnavailable(message);
    return this.turnAway(refusal, caller);
  }

  private count(principal: Principal, request: IncomingMessage): Eventual<Principal | Refusal> {
    return andThen<Taken, Principal | Refusal>(this.takeTurns(principal, 1), ({ waitMs }) =>
      waitMs > 0 ? this.slowDown(request, waitMs) : principal,
    );
  }

  private turnAway(refusal: Refusal, { address, request }: Caller): Eventual<Refusal> {
    const { rate } = this.options;
    if (rate === undefined) return refusal;
    return andThen<number, Refusal>(rate.limiter.take(strangersAt(address), rate.limit), (waitMs) =>
      waitMs > 0 ? this.slowDown(request, waitMs) : refusal,
    );
  }

  /**
   * Who asks anew with each answer would keep the server busy with refusals: they get them slowly. Nothing is read from them
   * meanwhile: requests can be sent without waiting for answers (RFC 9112, section 9.3.2).
   */
  private async slowDown({ socket }: IncomingMessage, waitMs: number): Promise<Refusal> {
    socket.pause();
    await this.options.delay();
    socket.resume();
    return tooManyRequests(waitMs);
  }

  private waitFor(address: string): Eventual<number> {
    const { rate } = this.options;
    return rate === undefined ? 0 : rate.limiter.waitFor(strangersAt(address), rate.limit);
  }
}

const requestsOf = (principal: Principal) => `requests ${countedName(principal)}`;
const strangersAt = (address: string) => `strangers ${address}`;
