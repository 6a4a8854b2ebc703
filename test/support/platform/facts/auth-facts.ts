import * as assert from 'uvu/assert';
import { reader } from '../seeded-data.ts';
import type { Fact, FactSubject } from './fact.ts';

const right = { email: reader.email, password: reader.password };

const login = (subject: FactSubject, more: Readonly<Record<string, unknown>> = {}) =>
  subject.post('auth/login', { ...right, ...more });

/** Facts of logins change what a platform remembers: they are for the fake alone, but for the first. */
export const authFacts: readonly Fact[] = [
  {
    name: 'every query wants a token',
    check: async (subject) => {
      for (const authorization of [
        '',
        'Bearer',
        'Bearer nonsense',
        'ApiKey tfs_0123456789abcdef0123456789abcdef',
      ]) {
        const { status, body } = await subject.send('auth/me', { headers: { authorization } });
        assert.is(status, 401, authorization);
        assert.is(body.error.code, 'Unauthorized');
      }
    },
  },
  {
    name: 'an API key alone is no token',
    check: async (subject) => {
      const headers = { authorization: '', 'x-api-key': 'tfs_0123456789abcdef0123456789abcdef' };
      assert.is((await subject.send('auth/me', { headers })).status, 401);
    },
  },
  {
    name: 'who asks learns organization and permissions',
    check: async (subject) => {
      const { status, body } = await subject.get('auth/me');
      assert.is(status, 200);
      assert.ok(Array.isArray(body.permissions));
      assert.type(body.organizationId, 'string');
    },
  },
  {
    name: 'a login gives an access token, a refresh token and the user',
    needsFake: true,
    check: async (subject) => {
      const { status, body } = await login(subject);
      assert.is(status, 200);
      assert.is(body.tokenType, 'Bearer');
      assert.is(body.expiresIn, 86_400);
      assert.is(body.user.email, reader.email);
      const headers = { authorization: `Bearer ${body.accessToken}` };
      assert.is((await subject.send('auth/me', { headers })).status, 200);
    },
  },
  {
    name: 'a token ends after its time',
    needsFake: true,
    options: { tokenSeconds: 900 },
    check: async (subject) => {
      const { body } = await login(subject);
      assert.is(body.expiresIn, 900);
      subject.fake.state.skewMs = 900_000;
      const headers = { authorization: `Bearer ${body.accessToken}` };
      const answer = await subject.send('auth/me', { headers });
      assert.is(answer.status, 401);
      assert.is(answer.body.error.message, 'jwt expired');
    },
  },
  {
    name: 'with MFA a login gives a token for the second step',
    needsFake: true,
    check: async (subject) => {
      const { status, body } = await login(subject, { email: 'mfa@example.com' });
      assert.is(status, 200);
      assert.is(body.mfaRequired, true);
      assert.is(body.expiresIn, 300);
      assert.is(body.accessToken, undefined);
    },
  },
  ...(
    [
      ['a wrong password', { password: 'Wrong@654123' }, 'Invalid email or password'],
      ['an unknown address', { email: 'nobody@example.com' }, 'Invalid email or password'],
      ['a deactivated account', { email: 'gone@example.com' }, 'Account is deactivated'],
    ] as const
  ).map(
    ([what, more, message]): Fact => ({
      name: `${what} gets 401`,
      needsFake: true,
      check: async (subject) => {
        const { status, body } = await login(subject, more);
        assert.is(status, 401);
        assert.is(body.error.message, message);
      },
    }),
  ),
  {
    name: 'a password has 8 to 128 characters',
    needsFake: true,
    check: async (subject) => {
      for (const password of ['short', 'x'.repeat(129)]) {
        assert.is((await login(subject, { password })).status, 400);
      }
    },
  },
  {
    name: 'five wrong passwords lock the account for 30 minutes, and the message tells until when',
    fault: 'accountsLocked',
    options: { repaired: ['loginsLimited'] },
    needsFake: true,
    check: async (subject) => {
      for (let count = 0; count < 5; count++) await login(subject, { password: 'Wrong@654123' });
      const { status, body } = await login(subject);
      assert.is(status, 401);
      const [, until = ''] = /^Account is locked\. Try again after (\S+)$/.exec(body.error.message) ?? [];
      const minutes = (Date.parse(until) - subject.fake.state.now()) / 60_000;
      assert.ok(minutes > 29 && minutes <= 30);
      subject.fake.state.skewMs = 30 * 60_000;
      assert.is((await login(subject)).status, 200);
    },
  },
  {
    name: 'the sixth login in 15 minutes gets 429 with Retry-After',
    fault: 'loginsLimited',
    needsFake: true,
    check: async (subject) => {
      for (let count = 0; count < 5; count++) assert.is((await login(subject)).status, 200);
      const { status, body, headers } = await login(subject);
      assert.is(status, 429);
      assert.is(body.error.code, 'RATE_LIMIT_EXCEEDED');
      assert.is(headers.get('retry-after'), String(body.error.details.retryAfter));
      assert.ok(body.error.details.retryAfter > 890);
      subject.fake.state.skewMs = 15 * 60_000 + 1;
      assert.is((await login(subject)).status, 200);
    },
  },
  {
    name: 'the address of X-Forwarded-For has its own count of logins',
    fault: 'forwardedAddressTrusted',
    needsFake: true,
    check: async (subject) => {
      for (let count = 0; count < 5; count++) await login(subject);
      const elsewhere = await subject.post('auth/login', right, { 'x-forwarded-for': '203.0.113.9' });
      assert.is(elsewhere.status, 200);
    },
  },
  {
    name: 'a refresh gives new tokens and takes the old one back',
    needsFake: true,
    check: async (subject) => {
      const { refreshToken } = (await login(subject)).body;
      const renewed = await subject.post('auth/refresh', { refreshToken });
      assert.is(renewed.status, 200);
      assert.is.not(renewed.body.refreshToken, refreshToken);
      const again = await subject.post('auth/refresh', { refreshToken });
      assert.is(again.status, 401);
      assert.is(again.body.error.message, 'Invalid refresh token');
    },
  },
  {
    name: 'a restart forgets refresh tokens',
    fault: 'refreshTokensInMemory',
    needsFake: true,
    check: async (subject) => {
      const { refreshToken } = (await login(subject)).body;
      subject.fake.access.restart();
      assert.is((await subject.post('auth/refresh', { refreshToken })).status, 401);
    },
  },
  {
    name: 'a logout takes the refresh token back',
    needsFake: true,
    check: async (subject) => {
      const { refreshToken } = (await login(subject)).body;
      assert.is((await subject.post('auth/logout', { refreshToken })).status, 204);
      assert.is((await subject.post('auth/refresh', { refreshToken })).status, 401);
    },
  },
];
