import { hash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Authenticator, Rejection } from '../../application/ports/authenticator.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { Principal } from '../../application/request-context.ts';
import { boundedFetch, redirectedTo } from '../network/bounded-fetch.ts';
import { outgoingFetch } from '../network/outgoing-fetch.ts';
import { scopesOfToken } from './token-scopes.ts';

export interface TokenAuthenticatorOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  readonly logger: Logger;
  /** Milliseconds after which the issuer's keys may be asked for again, where a token names one that isn't known. */
  readonly cooldownMs?: number;
  /** Verified tokens that are remembered. */
  readonly mostRemembered?: number;
  readonly now?: () => number;
  /** Names the proxies on the way to the issuer. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Those of public keys alone: a shared secret, or none, would let whoever verifies also issue. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds that the issuer's clock and ours may be apart. */
const CLOCK_TOLERANCE = 30;
const COOLDOWN_MS = 30_000;
const JWKS_MAX_AGE_MS = 600_000;
const JWKS_TIMEOUT_MS = 5000;
const MOST_JWKS_BYTES = 1024 * 1024;
/** Longer ones are refused unread. */
const MAX_TOKEN_LENGTH = 8192;
/** A token that was verified is not verified again for so long: a key that the issuer takes back ends with that. */
const REMEMBER_MS = 60_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly principal: Principal;
  readonly until: number;
}

/** Knows callers by the JWTs that one issuer signed for this server (RFC 9068, RFC 8707). */
export class TokenAuthenticator implements Authenticator {
  private readonly options: TokenAuthenticatorOptions;
  private readonly now: () => number;
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;
  /** By the hash of the token: what is kept must not be of use to whoever gets at it. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(options: TokenAuthenticatorOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.keys = createRemoteJWKSet(new URL(options.jwksUrl), {
      cooldownDuration: options.cooldownMs ?? COOLDOWN_MS,
      cacheMaxAge: JWKS_MAX_AGE_MS,
      timeoutDuration: JWKS_TIMEOUT_MS,
      [customFetch]: keyFetch(outgoingFetch(options.environment)),
    });
  }

  recognizes(): boolean {
    return true; // whatever is no API key
  }

  isCheap(credential: string): boolean {
    return this.recall(nameOf(credential)) !== undefined;
  }

  authenticate(credential: string): Principal | Promise<Principal | Rejection> | Rejection {
    if (credential.length > MAX_TOKEN_LENGTH) return invalid('it is too long');
    const name = nameOf(credential);
    return this.recall(name) ?? this.verify(credential, name);
  }

  isStillGood({ kind, expires = 0 }: Principal): boolean {
    return kind === 'token' && expires > this.now();
  }

  mayReturn({ kind }: Principal): boolean {
    return kind === 'token';
  }

  private recall(name: string): Principal | undefined {
    const known = this.remembered.get(name);
    return known && known.until > this.now() ? known.principal : undefined;
  }

  private async verify(token: string, name: string): Promise<Principal | Rejection> {
    const { issuer, audience } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.now()),
      });
      const { sub } = payload;
      if (typeof sub !== 'string' || sub.trim() === '') return invalid(unexpectedClaim('sub')); // jose requires only that it is there
      const principal = principalOf(payload);
      this.remember(name, principal);
      return principal;
    } catch (error) {
      return this.explain(error);
    }
  }

  private remember(name: string, principal: Principal): void {
    this.remembered.delete(name);
    const until = Math.min(this.now() + REMEMBER_MS, principal.expires ?? 0);
    this.remembered.set(name, { principal, until });
    if (this.remembered.size <= (this.options.mostRemembered ?? MOST_REMEMBERED)) return;
    for (const oldest of this.remembered.keys()) {
      this.remembered.delete(oldest);
      return;
    }
  }

  /** The token's faults are its sender's; that nobody can tell is ours. */
  private explain(error: unknown): Rejection {
    if (error instanceof errors.JWTExpired) return invalid('it has expired');
    if (error instanceof errors.JWTClaimValidationFailed) return invalid(unexpectedClaim(error.claim));
    if (error instanceof errors.JWKSNoMatchingKey) return invalid('its issuer has no such key');
    if (error instanceof errors.JOSEAlgNotAllowed) return invalid('its algorithm is not one of a public key');
    if (isOfTheToken(error)) return invalid('it is not signed by its issuer, or no JWT at all');
    this.options.logger.error('The public keys that verify tokens could not be loaded', {
      jwks_url: this.options.jwksUrl,
      reason: reasonOf(error),
    });
    return {
      rejected: 'unavailable',
      message: 'The token can not be verified at the moment; try again later',
    };
  }
}

/** Refuses redirects: whoever runs the server has said where the keys are, and the server there may not send us elsewhere for them. */
function keyFetch(send: typeof fetch): typeof fetch {
  const bounded = boundedFetch(send, () => MOST_JWKS_BYTES);
  return async (input, init) => {
    const response = await bounded(input, init);
    const target = redirectedTo(response, String(input));
    if (target === undefined) return response;
    await response.body?.cancel();
    throw Object.assign(new Error('Expected keys, got a redirect'), { code: `redirect to ${target}` });
  };
}

/** `JOSEError` itself is what fetching the keys fails with. */
function isOfTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}

/** Not the whole message: that of a proxy's address can have its password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code ?? error.name;
}

const invalid = (why: string): Rejection => ({
  rejected: 'invalid',
  message: `The token is not one for this server: ${why}`,
});

const unexpectedClaim = (claim: string) => `its claim "${claim}" is not what this server expects`;

const nameOf = (token: string) => hash('sha256', token, 'base64url');

function principalOf(payload: JWTPayload): Principal {
  const { iss, sub, exp = 0, scope, scp } = payload;
  const scopes = scopesOfToken({ scope, scp });
  const expires = (exp + CLOCK_TOLERANCE) * 1000;
  return { id: `token:${iss}#${sub}`, kind: 'token', scopes, expires };
}
