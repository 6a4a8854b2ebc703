import { createHmac, randomUUID } from 'node:crypto';
import { aText, check } from './platform-checks.ts';
import type { PlatformUser } from './platform-data.ts';
import {
  PlatformFailure,
  type PlatformRequest,
  type PlatformRoute,
  type TokenUser,
} from './platform-request.ts';
import type { PlatformState } from './platform-state.ts';

const MINUTE = 60_000;
const LOGINS = { most: 5, windowMs: 15 * MINUTE };
const LOCK = { after: 5, forMs: 30 * MINUTE };
const REFRESH_MS = 7 * 24 * 60 * MINUTE;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const unauthorized = (message: string) => new PlatformFailure(401, message);

/** The access to a platform: logins, locks, and the tokens that it gave out. */
export class PlatformAccess {
  private readonly state: PlatformState;
  private key = randomUUID();
  private readonly lifetimeSeconds: number;
  private readonly refreshTokens = new Map<string, { readonly user: PlatformUser; readonly until: number }>();
  private readonly logins = new Map<string, readonly number[]>();
  private readonly wrong = new Map<string, number>();
  private readonly lockedUntil = new Map<string, number>();

  constructor(state: PlatformState, lifetimeSeconds: number) {
    this.state = state;
    this.lifetimeSeconds = lifetimeSeconds;
  }

  /** All access tokens are refused from now on, as after a change of JWT_SECRET. */
  endTokens(): void {
    this.key = randomUUID();
  }

  /** The process starts anew: with the fault, it knows no refresh token any more. */
  restart(): void {
    if (this.state.faults.has('refreshTokensInMemory')) this.refreshTokens.clear();
  }

  /** A token for a user, without a login. */
  tokenFor(
    { id, email, permissions, organizationId }: PlatformUser,
    lifetimeSeconds = this.lifetimeSeconds,
  ): string {
    const iat = Math.floor(this.state.now() / 1000);
    const claims = { sub: id, email, roles: [], permissions, organizationId, sessionId: randomUUID() };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, iat, exp: iat + lifetimeSeconds })}`;
    return `${signed}.${this.sign(signed)}`;
  }

  /** The user of a token, if the platform takes it. @throws PlatformFailure 401 */
  verify(authorization: string | undefined): TokenUser {
    const [, signed, claims, signature] =
      /^Bearer ((?:[\w-]+)\.([\w-]+))\.([\w-]+)$/.exec(authorization ?? '') ?? [];
    if (signed === undefined || claims === undefined) {
      throw unauthorized(authorization?.startsWith('Bearer ') ? 'jwt malformed' : 'No auth token');
    }
    if (signature !== this.sign(signed)) throw unauthorized('invalid signature');
    const { sub, email, permissions, organizationId, exp } = JSON.parse(
      Buffer.from(claims, 'base64url').toString(),
    );
    if (exp * 1000 <= this.state.now()) throw unauthorized('jwt expired');
    return { userId: sub, email, permissions, organizationId };
  }

  routes(): readonly PlatformRoute[] {
    const path = (name: string) => `/api/v2/auth/${name}`;
    return [
      { method: 'POST', path: path('login'), isPublic: true, handle: (request) => this.login(request) },
      { method: 'POST', path: path('refresh'), isPublic: true, handle: ({ body }) => this.refresh(body) },
      { method: 'GET', path: path('me'), handle: ({ user }) => this.profileOf(this.userOf(user)) },
      {
        method: 'POST',
        path: path('logout'),
        handle: ({ body }) => void this.refreshTokens.delete(String(body['refreshToken'])),
      },
    ];
  }

  private sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }

  private login(request: PlatformRequest): unknown {
    this.countLogin(request);
    const { body } = request;
    check(body, { required: { email: anEmail, password: aPassword } });
    const user = this.state.data.users.find(({ email }) => email === body['email']);
    if (user === undefined) throw unauthorized('Invalid email or password');
    const until = this.lockedUntil.get(user.email) ?? 0;
    if (until > this.state.now()) {
      throw unauthorized(`Account is locked. Try again after ${new Date(until).toISOString()}`);
    }
    if (user.isActive === false) throw unauthorized('Account is deactivated');
    if (user.password !== body['password']) {
      this.countWrong(user.email);
      throw unauthorized('Invalid email or password');
    }
    this.wrong.delete(user.email);
    if (user.mfa) return { mfaRequired: true, mfaToken: randomUUID(), expiresIn: 300 };
    return this.tokensFor(user);
  }

  private countLogin({ headers, address }: PlatformRequest): void {
    if (!this.state.faults.has('loginsLimited')) return;
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')[0];
    const from = (this.state.faults.has('forwardedAddressTrusted') && forwarded) || address;
    const now = this.state.now();
    const recent = (this.logins.get(from) ?? []).filter((time) => time > now - LOGINS.windowMs);
    if (recent.length >= LOGINS.most) {
      const retryAfter = Math.ceil(((recent[0] ?? now) + LOGINS.windowMs - now) / 1000);
      throw new PlatformFailure(429, 'Too many requests. Please try again later.', {
        code: 'RATE_LIMIT_EXCEEDED',
        details: { retryAfter },
        headers: { 'retry-after': String(retryAfter) },
      });
    }
    this.logins.set(from, [...recent, now]);
  }

  private countWrong(email: string): void {
    const count = (this.wrong.get(email) ?? 0) + 1;
    this.wrong.set(email, count);
    if (count < LOCK.after || !this.state.faults.has('accountsLocked')) return;
    this.lockedUntil.set(email, this.state.now() + LOCK.forMs);
    this.wrong.delete(email);
  }

  private refresh({ refreshToken }: PlatformRequest['body']): unknown {
    const kept = this.refreshTokens.get(String(refreshToken));
    if (kept === undefined) throw unauthorized('Invalid refresh token');
    this.refreshTokens.delete(String(refreshToken));
    if (kept.until < this.state.now()) throw unauthorized('Refresh token expired');
    return this.tokensFor(kept.user);
  }

  private tokensFor(user: PlatformUser): unknown {
    const refreshToken = randomUUID();
    this.refreshTokens.set(refreshToken, { user, until: this.state.now() + REFRESH_MS });
    return {
      accessToken: this.tokenFor(user),
      refreshToken,
      expiresIn: this.lifetimeSeconds,
      tokenType: 'Bearer',
      user: this.profileOf(user),
    };
  }

  private userOf(token: TokenUser | undefined): PlatformUser {
    const user = this.state.data.users.find(({ id }) => id === token?.userId);
    if (user === undefined) throw unauthorized('User not found');
    return user;
  }

  private profileOf({ id, email, permissions, organizationId }: PlatformUser): unknown {
    const [firstName] = email.split('@');
    return {
      id,
      email,
      firstName,
      lastName: 'Example',
      roles: [],
      permissions,
      tenantId: null,
      organizationId,
    };
  }
}

const anEmail = (value: unknown) => (/^\S+@\S+\.\S+$/.test(String(value)) ? [] : ['Invalid email format']);

const aPassword = (value: unknown, path: string) => [
  ...(String(value).length > 128 ? ['Password must not exceed 128 characters'] : []),
  ...(String(value ?? '').length < 8 ? ['Password must be at least 8 characters'] : []),
  ...aText(value, path),
];

/**
 * True if one of a route's permissions is held: the same, or, of one with three parts, any with the same first and last.
 */
export function isPermitted(held: readonly string[], wanted: string): boolean {
  const [resource, ...rest] = wanted.split(':');
  return held.some((one) => {
    if (one === wanted) return true;
    const parts = one.split(':');
    return rest.length >= 2 && parts.length >= 2 && parts[0] === resource && parts.at(-1) === rest.at(-1);
  });
}
