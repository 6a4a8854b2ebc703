import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Eventual } from '../../../../../../src/application/eventual.ts';
import type { Authenticator, Rejection } from '../../../../../../src/application/ports/authenticator.ts';
import type { Principal } from '../../../../../../src/application/request-context.ts';
import { MemoryRateLimiter } from '../../../../../../src/infrastructure/rate-limit/memory-rate-limiter.ts';
import { Door } from '../../../../../../src/presentation/transport/http/admission/admission.ts';
import type { Refusal } from '../../../../../../src/presentation/transport/http/http-exchange.ts';
import { ManualClock } from '../../../../application/manual-clock.ts';

const test = suite('door');

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

/** An authenticator by what stands above, which counts what it had to work at. */
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

function door({
  hasTokens = true,
  limited = false,
  by = [authenticator()] as Authenticator[],
  delay = async (): Promise<void> => undefined,
} = {}) {
  const clock = new ManualClock();
  const rate = limited ? { limiter: new MemoryRateLimiter(clock), limit } : undefined;
  return {
    clock,
    door: new Door({
      authenticators: by,
      rate,
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

test('lets in who is known', async () => {
  assert.is(await door().door.admit(bearer('ada')), ada);
  assert.is(await door().door.admit(request({ 'x-api-key': 'ada' })), ada);
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
  test(`turns away who comes ${what}, and says how to come in`, async () => {
    assert.equal(told(await door().door.admit(asked)), [status, `Bearer ${challenge}`, code]);
  });
}

test('names no metadata where there are no tokens', async () => {
  const { door: keysOnly } = door({ hasTokens: false });
  assert.equal(told(await keysOnly.admit(request())), [
    401,
    `Bearer realm="tfo-mcp", scope="${ALL}"`,
    'authentication.required',
  ]);
});

test('tells who says nothing what is taken here', async () => {
  for (const [hasTokens, what] of [
    [true, 'an access token or an API key'],
    [false, 'an API key'],
  ] as const) {
    const { error } = (await door({ hasTokens }).door.admit(request())) as Refusal;
    assert.is(error.message, `Expected ${what} in the header "Authorization: Bearer …"`);
  }
});

test('says that it is not the sender’s fault where nobody can tell', async () => {
  assert.equal(told(await door().door.admit(bearer('down'))), [503, '10', 'authentication.unavailable']);
});

test('asks the one that knows this kind of credential', async () => {
  const [keys, tokens] = [authenticator({ prefix: 'a' }), authenticator({ prefix: 'b' })];
  const { door: both } = door({ by: [keys, tokens] });
  assert.equal([await both.admit(bearer('ada')), await both.admit(bearer('bob'))], [ada, bob]);
  assert.equal([keys.verified, tokens.verified], [['ada'], ['bob']]);
  assert.equal(told(await both.admit(bearer('nobody')))[0], 401);
});

test('limits each principal, wherever they come from', async () => {
  const { clock, door: limited } = door({ limited: true });
  const asked = async (credential: string, address?: string) =>
    told(await limited.admit(bearer(credential, address)));
  assert.equal([await asked('ada'), await asked('ada', '192.0.2.9')], ['key:ada', 'key:ada']);
  assert.equal(await asked('ada'), [429, '1', 'rate.exceeded']);
  assert.is(await asked('bob'), 'token:bob');
  clock.advance(1000);
  assert.is(await asked('ada'), 'key:ada');
});

test('limits who is turned away, by where they come from; who is known still comes in from there', async () => {
  for (const asked of [
    request(),
    bearer('bad'),
    request({ authorization: 'Bearer' }),
    bearer('nobody'),
    bearer('down'),
  ]) {
    const { door: limited } = door({ limited: true });
    await limited.admit(request());
    await limited.admit(asked);
    assert.equal(told(await limited.admit(asked)), [429, '1', 'rate.exceeded']);
    assert.is(await limited.admit(bearer('ada')), ada);
    assert.is(told(await limited.admit(request({}, '192.0.2.2')))[0], 401);
  }
});

test('limits who brings what nobody here knows, by where they come from', async () => {
  const { door: limited } = door({ limited: true, by: [authenticator({ prefix: 'ada' })] });
  for (const expected of [401, 401, 429]) assert.is(told(await limited.admit(bearer('bob')))[0], expected);
  assert.is(await limited.admit(bearer('ada')), ada);
});

test('verifies nothing more for an address that is turned away too often, but what it knows already', async () => {
  const tokens = authenticator({ costly: true });
  const { door: limited } = door({ limited: true, by: [tokens] });
  for (let n = 0; n < 5; n += 1) await limited.admit(bearer('bad'));
  assert.equal(tokens.verified, ['bad', 'bad']);
  assert.equal(told(await limited.admit(bearer('ada'))), [429, '1', 'rate.exceeded']);
  assert.is(await limited.admit(bearer('bob')), bob);
  assert.is(await limited.admit(bearer('ada', '192.0.2.2')), ada);
});

for (const [who, by, asked] of [
  ['who is known', authenticator(), bearer('ada')],
  ['who is not', authenticator(), request()],
  ['whose token is not even verified', authenticator({ costly: true }), bearer('bad')],
] as const) {
  test(`refuses slowly ${who}, and reads nothing meanwhile`, async () => {
    const steps: string[] = [];
    const { promise: delayed, resolve: goOn } = Promise.withResolvers<void>();
    const { door: limited } = door({ limited: true, by: [by], delay: () => delayed });
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

test('without authentication everybody is the local user, counted by where they come from', async () => {
  const { door: open } = door({ by: [], limited: true });
  const principal = { id: 'local', kind: 'local', countedAs: '192.0.2.1' };
  assert.equal([await open.admit(request()), await open.admit(bearer('bad'))], [principal, principal]);
  assert.equal(told(await open.admit(request())), [429, '1', 'rate.exceeded']);
  assert.is(told(await open.admit(request({}, '192.0.2.2'))), 'local');
  assert.ok(open.isWelcome(principal as Principal));
});

test('knows who is no longer welcome, by whichever of the authenticators knows them', () => {
  const nobodys = { ...authenticator(), isStillGood: () => false };
  const { door: keeper } = door({ by: [nobodys, authenticator(), nobodys] });
  assert.equal([keeper.isWelcome(ada), keeper.isWelcome(bob)], [true, false]);
});

test.run();
