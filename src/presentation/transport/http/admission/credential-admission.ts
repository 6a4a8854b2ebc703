import type { IncomingMessage } from 'node:http';
import { andThen, type Eventual } from '../../../../application/eventual.ts';
import type { Authenticator, Rejection } from '../../../../application/ports/authenticator.ts';
import type { Rate, Taken } from '../../../../application/ports/rate-limiter.ts';
import { countedName, networkUser, type Principal } from '../../../../application/request-context.ts';
import {
  authenticationRequired,
  credentialInvalid,
  credentialMalformed,
  type Refusal,
  scopeMissing,
  tooManyRequests,
  verifierUnavailable,
} from '../../../protocol/http/refusals.ts';
import type { Admission } from './admission.ts';
import { type AddressOf, countedAddress } from './client-address.ts';
import { readCredentials } from './credentials.ts';

export interface CredentialAdmissionOptions {
  /** Asked in this order whom a credential belongs to; with none, nobody has to authenticate. */
  readonly authenticators: readonly Authenticator[];
  /** Requests that each principal may send, and that each address may have refused for want of a good credential. */
  readonly rate?: Rate | undefined;
  /** The address of a request's client. */
  readonly addressOf: AddressOf;
  /** URL at which the client of a request learns whom to ask for a token; undefined where none are taken. */
  readonly metadataUrl: (request: IncomingMessage) => string | undefined;
  /** Resolves when a client that sends too much may be told so. */
  readonly delay: () => Promise<void>;
}

/** A request whose sender is not known yet. */
interface Unauthenticated {
  readonly request: IncomingMessage;
  readonly address: string;
  readonly metadata: string | undefined;
}

/** Admits requests by their credentials, as many as the rate allows. */
export class CredentialAdmission implements Admission {
  private readonly options: CredentialAdmissionOptions;

  constructor(options: CredentialAdmissionOptions) {
    this.options = options;
  }

  admit(request: IncomingMessage): Eventual<Principal | Refusal> {
    const { authenticators, metadataUrl, addressOf } = this.options;
    const address = countedAddress(addressOf(request));
    if (authenticators.length === 0) return this.count({ ...networkUser, countedAs: address }, request);
    const credentials = readCredentials(request.headers);
    const metadata = metadataUrl(request);
    const sender = { request, address, metadata };
    switch (credentials.kind) {
      case 'none':
        return this.refuse(authenticationRequired(metadata), sender);
      case 'malformed':
        return this.refuse(credentialMalformed(credentials.message, metadata), sender);
      case 'given':
        return this.authenticate(credentials.credential, sender);
    }
  }

  countMessages(principal: Principal, most: number): Eventual<Taken> {
    const { rate } = this.options;
    if (rate === undefined) return { count: most, waitMs: 0 };
    return rate.limiter.takeSome(requestsOf(principal), rate.limit, most);
  }

  isStillAuthorized(principal: Principal): boolean {
    if (principal.kind === 'local') return true;
    return this.options.authenticators.some((authenticator) => authenticator.isStillGood(principal));
  }

  mayReturn(principal: Principal): boolean {
    return this.options.authenticators.some((authenticator) => authenticator.mayReturn(principal));
  }

  /** A flood of bad tokens must not keep the server busy with verifying them; good ones that it knows are admitted all the same. */
  private authenticate(credential: string, sender: Unauthenticated): Eventual<Principal | Refusal> {
    const authenticator = this.options.authenticators.find((one) => one.recognizes(credential));
    if (authenticator === undefined) {
      const message = 'Expected an API key of this server, which takes no other tokens';
      return this.refuse(credentialInvalid(message, sender.metadata), sender);
    }
    const verify = () =>
      andThen(authenticator.authenticate(credential), (found) => this.decide(found, sender));
    if (authenticator.isCheap(credential)) return verify();
    return andThen(this.waitFor(sender.address), (waitMs) =>
      waitMs > 0 ? this.refuseSlowly(sender.request, waitMs) : verify(),
    );
  }

  private decide(found: Principal | Rejection, sender: Unauthenticated): Eventual<Principal | Refusal> {
    const { metadata, request } = sender;
    if (!('rejected' in found))
      return found.scopes?.length === 0
        ? this.refuse(scopeMissing(metadata), sender)
        : this.count(found, request);
    const { rejected, message } = found;
    const refusal =
      rejected === 'invalid' ? credentialInvalid(message, metadata) : verifierUnavailable(message);
    return this.refuse(refusal, sender);
  }

  private count(principal: Principal, request: IncomingMessage): Eventual<Principal | Refusal> {
    return andThen<Taken, Principal | Refusal>(this.countMessages(principal, 1), ({ waitMs }) =>
      waitMs > 0 ? this.refuseSlowly(request, waitMs) : principal,
    );
  }

  private refuse(refusal: Refusal, { address, request }: Unauthenticated): Eventual<Refusal> {
    const { rate } = this.options;
    if (rate === undefined) return refusal;
    return andThen<number, Refusal>(rate.limiter.take(unauthenticatedAt(address), rate.limit), (waitMs) =>
      waitMs > 0 ? this.refuseSlowly(request, waitMs) : refusal,
    );
  }

  /**
   * A client that asks anew with each answer would keep the server busy with refusals: it gets them slowly. Nothing is read from it
   * meanwhile: requests can be sent without waiting for answers (RFC 9112, section 9.3.2).
   */
  private async refuseSlowly({ socket }: IncomingMessage, waitMs: number): Promise<Refusal> {
    socket.pause();
    await this.options.delay();
    socket.resume();
    return tooManyRequests(waitMs);
  }

  private waitFor(address: string): Eventual<number> {
    const { rate } = this.options;
    return rate === undefined ? 0 : rate.limiter.waitFor(unauthenticatedAt(address), rate.limit);
  }
}

const requestsOf = (principal: Principal) => `requests ${countedName(principal)}`;
const unauthenticatedAt = (address: string) => `unauthenticated ${address}`;
