import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Eventual } from '../../../../../../src/application/eventual.ts';
import type { Authenticator, Rejection } from '../../../../../../src/application/ports/authenticator.ts';
import type { Principal } from '../../../../../../src/application/request-context.ts';
import { MemoryRateLimiter } from '../../../../../../src/infrastructure/rate-limit/memory-rate-limiter.ts';
import type { Refusal } from '../../../../../../src/presentation/protocol/http/refusals.ts';
import { clientAddresses } from '../../../../../../src/presentation/transport/http/admission/client-address.ts';
import { CredentialAdmission } from '../../../../../../src/presentation/transport/http/admission/credential-admission.ts';
import { ManualClock } from '../../../../application/manual-clock.ts';

const test = suite('credential-admission');

const METADATA = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const ALL = 'tools:read tools:write tools:execute resources:read prompts:read';
const limit = { perMinute: 60, burst: 2 };

const ada: Principal = { id: 'key:ada', kind: 'key', scopes: ['*'] };
const bob: Principal = { id: 'token:bob', kind: 'token', scopes: ['tools:read'] };
const nobody: Principal = { id: 'token:nobody', kind: 'token', scopes: [] };
const answers: Readonly<Record<string, Principal | Rejection>> = {
  ada,
  bob,
  nobody,
  bad: { rejected: 'invalid', message: 'It is not good' },
  down: { rejected: 'unavailable', message: 'Nobody can tell' },
};

/** An authenticator by what stands above, which notes what it had to verify. */
function authenticator({
  prefix = '',
  costly = false,
} = {}): Authenticator & { readonly verified: string[] } {
  const verified: string[] = [];
  return {
    verified,
    recognizes: (credential) => credential.startsWith(prefix),
    isCheap: (credential) => !costly || credential === 'bob',
    authenticate: (credential): Eventual<Principal | Rejection> => {
      verified.push(credential);
      const found = answers[credential] as Principal | Rejection;
      return costly ? Promise.resolve(found) : found;
    },
    isStillGood: ({ id }) => id === 'key:ada',
    mayReturn: () => false,
  };
}

const request = (headers: object = {}, address = '192.0.2.1') =>
  ({
    headers,
    url: '/mcp',
    socket: { remoteAddress: address, pause: () => undefined, resume: () => undefined },
  }) as unknown as IncomingMessage;
const bearer = (credential: string, address?: string) =>
  request({ authorization: `Bearer ${credential}` }, address);

function admission({
  hasTokens = true,
  limited = false,
  by = [authenticator()] as Authenticator[],
  delay = async (): Promise<void> => undefined,
} = {}) {
  const clock = new ManualClock();
  const rate = limited ? { limiter: new MemoryRateLimiter(clock), limit } : undefined;
  return {
    clock,
    admission: new CredentialAdmission({
      authenticators: by,
      rate,
      addressOf: clientAddresses(['10.0.0.1']),
      metadataUrl: () => (hasTokens ? METADATA : undefined),
      delay,
    }),
  };
}

const told = (found: Principal | Refusal) => {
  if (!('status' in found)) return found.id;
  const { status, headers = {}, error } = found;
  return [
    status,
    headers['WWW-Authenticate'] ?? headers['Retry-After'],
    (error.data as { code: string }).code,
  ];
};

test('a known principal is admitted', async () => {
  assert.is(await admission().admission.admit(bearer('ada')), ada);
  assert.is(await admission().admission.admit(request({ 'x-api-key': 'ada' })), ada);
});

for (const [what, asked, status, challenge, code] of [
  [
    'without credentials',
    request(),
    401,
    `resource_metadata="${METADATA}", scope="${ALL}"`,
    'authentication.required',
  ],
  [
    'with a bad credential',
    bearer('bad'),
    401,
    `resource_metadata="${METADATA}", error="invalid_token"`,
    'authentication.failed',
  ],
  [
    'with half a header',
    request({ authorization: 'Bearer' }),
    400,
    `resource_metadata="${METADATA}", error="invalid_request"`,
    'authentication.malformed',
  ],
  [
    'with none of the scopes',
    bearer('nobody'),
    403,
    `resource_metadata="${METADATA}", error="insufficient_scope", scope="${ALL}"`,
    'authorization.insufficient-scope',
  ],
] as const) {
  test(`a request ${what} is refused, and told how to authenticate`, async () => {
    assert.equal(told(await admission().admission.admit(asked)), [status, `Bearer ${challenge}`, code]);
  });
}

test('a server without tokens names no metadata', async () => {
  const { admission: keysOnly } = admission({ hasTokens: false });
  assert.equal(told(await keysOnly.admit(request())), [
    401,
    `Bearer realm="tfo-mcp", scope="${ALL}"`,
    'authentication.required',
  ]);
});

test('a request without credentials is told which are taken', async () => {
  for (const [hasTokens, what] of [
    [true, 'an access token or an API key'],
    [false, 'an API key'],
  ] as const) {
    const { error } = (await admission({ hasTokens }).admission.admit(request())) as Refusal;
    assert.is(error.message, `Expected ${what} in the header "Authorization: Bearer …"`);
  }
});

test('a credential that nobody can verify is not its sender’s fault', async () => {
  assert.equal(told(await admission().admission.admit(bearer('down'))), [
    503,
    '10',
    'authentication.unavailable',
  ]);
});

test('a credential goes to the authenticator of its kind', async () => {
  const [keys, tokens] = [authenticator({ prefix: 'a' }), authenticator({ prefix: 'b' })];
  const { admission: both } = admission({ by: [keys, tokens] });
  assert.equal([await both.admit(bearer('ada')), await both.admit(bearer('bob'))], [ada, bob]);
  assert.equal([keys.verified, tokens.verified], [['ada'], ['bob']]);
  assert.equal(told(await both.admit(bearer('nobody')))[0], 401);
});

test('a principal’s rate holds for all its addresses', async () => {
  const { clock, admission: limited } = admission({ limited: true });
  const asked = async (credential: string, address?: string) =>
    told(await limited.admit(bearer(credential, address)));
  assert.equal([await asked('ada'), await asked('ada', '192.0.2.9')], ['key:ada', 'key:ada']);
  assert.equal(await asked('ada'), [429, '1', 'rate.exceeded']);
  assert.is(await asked('bob'), 'token:bob');
  clock.advance(1000);
  assert.is(await asked('ada'), 'key:ada');
});

test('unauthenticated requests are limited by address; a known principal is still admitted from there', async () => {
  for (const asked of [
    request(),
    bearer('bad'),
    request({ authorization: 'Bearer' }),
    bearer('nobody'),
    bearer('down'),
  ]) {
    const { admission: limited } = admission({ limited: true });
    await limited.admit(request());
    await limited.admit(asked);
    assert.equal(told(await limited.admit(asked)), [429, '1', 'rate.exceeded']);
    assert.is(await limited.admit(bearer('ada')), ada);
    assert.is(told(await limited.admit(request({}, '192.0.2.2')))[0], 401);
  }
});

test('unknown credentials are limited by address', async () => {
  const { admission: limited } = admission({ limited: true, by: [authenticator({ prefix: 'ada' })] });
  for (const expected of [401, 401, 429]) assert.is(told(await limited.admit(bearer('bob')))[0], expected);
  assert.is(await limited.admit(bearer('ada')), ada);
});

test('an address that is refused too often has nothing more verified, but what is known already', async () => {
  const tokens = authenticator({ costly: true });
  const { admission: limited } = admission({ limited: true, by: [tokens] });
  for (let n = 0; n < 5; n += 1) await limited.admit(bearer('bad'));
  assert.equal(tokens.verified, ['bad', 'bad']);
  assert.equal(told(await limited.admit(bearer('ada'))), [429, '1', 'rate.exceeded']);
  assert.is(await limited.admit(bearer('bob')), bob);
  assert.is(await limited.admit(bearer('ada', '192.0.2.2')), ada);
});

for (const [who, by, asked] of [
  ['a known principal', authenticator(), bearer('ada')],
  ['an unknown one', authenticator(), request()],
  ['one whose token is not even verified', authenticator({ costly: true }), bearer('bad')],
] as const) {
  test(`too many requests of ${who} are refused slowly, and nothing is read meanwhile`, async () => {
    const steps: string[] = [];
    const { promise: delayed, resolve: goOn } = Promise.withResolvers<void>();
    const { admission: limited } = admission({ limited: true, by: [by], delay: () => delayed });
    const note = (step: string) => () => steps.push(step);
    const noted = {
      ...asked,
      socket: { ...asked.socket, pause: note('paused'), resume: note('resumed') },
    } as unknown as IncomingMessage;
    for (let n = 0; n < 2; n += 1) await limited.admit(noted);
    const refused = Promise.resolve(limited.admit(noted)).finally(note('refused'));
    await new Promise(setImmediate);
    assert.equal(steps, ['paused']);
    assert.is(await limited.admit(bearer('bob', '192.0.2.2')), bob);
    goOn();
    assert.equal(told(await refused), [429, '1', 'rate.exceeded']);
    assert.equal(steps, ['paused', 'resumed', 'refused']);
  });
}

test('without authentication everybody is one, counted by address', async () => {
  const { admission: open } = admission({ by: [], limited: true });
  const principal = { id: 'network', kind: 'local', countedAs: '192.0.2.1' };
  assert.equal([await open.admit(request()), await open.admit(bearer('bad'))], [principal, principal]);
  assert.equal(told(await open.admit(request())), [429, '1', 'rate.exceeded']);
  assert.is(told(await open.admit(request({}, '192.0.2.2'))), 'network');
  assert.ok(open.isStillAuthorized(principal as Principal));
});

test('a principal is still authorized while any authenticator says so', () => {
  const nobodys = { ...authenticator(), isStillGood: () => false };
  const { admission: both } = admission({ by: [nobodys, authenticator(), nobodys] });
  assert.equal([both.isStillAuthorized(ada), both.isStillAuthorized(bob)], [true, false]);
});

test('the admission counts what is refused behind a trusted proxy by the address of its client', async () => {
  const { admission: counting } = admission({ limited: true });
  const refusals = async (client: string) =>
    told(
      await counting.admit(request({ 'x-forwarded-for': `192.0.2.${Math.random()}, ${client}` }, '10.0.0.1')),
    );
  for (const status of [401, 401, 429]) assert.is((await refusals('198.51.100.7'))[0], status);
  assert.is((await refusals('198.51.100.8'))[0], 401);
});

test.run();
