import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT } from 'jose';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Rejection } from '../../../src/application/ports/authenticator.ts';
import type { Principal } from '../../../src/application/request-context.ts';
import {
  TokenAuthenticator,
  type TokenAuthenticatorOptions,
} from '../../../src/infrastructure/auth/token-authenticator.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const LETTERS = 'x'.repeat(64 * 1024);

const test = suite('TokenAuthenticator');

const issuers: TokenIssuer[] = [];
test.after(() => {
  for (const issuer of issuers) issuer.close();
});

type Given = Pick<TokenAuthenticatorOptions, 'cooldownMs' | 'mostRemembered' | 'now'>;

async function open(given: Given = {}) {
  const issuer = await TokenIssuer.start();
  issuers.push(issuer);
  const logger = new RecordingLogger();
  const authenticator = new TokenAuthenticator({
    issuer: issuer.issuer,
    audience: issuer.audience,
    jwksUrl: issuer.jwksUrl,
    logger,
    ...given,
  });
  return { issuer, logger, authenticator };
}

const shown = (found: Principal | Rejection) => ('rejected' in found ? found.message : found.id);
const seconds = () => Math.floor(Date.now() / 1000);

test('the authenticator knows whom a token was issued to, and for what', async () => {
  const { issuer, authenticator } = await open();
  const exp = seconds() + 60;
  const principal = await authenticator.authenticate(await issuer.token({ exp, scope: 'openid tools:read' }));
  assert.equal(principal, {
    id: 'token:https://issuer.example.com#ada',
    kind: 'token',
    scopes: ['tools:read'],
    expires: (exp + 30) * 1000,
  });
  assert.ok(authenticator.isStillGood(principal as Principal));
  assert.not.ok(authenticator.isStillGood({ ...(principal as Principal), kind: 'key' }));
  assert.not.ok(authenticator.isStillGood({ id: 'token:without an end', kind: 'token' }));
});

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
for (const alg of [...rsa, 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']) {
  test(`the authenticator takes ${alg}`, async () => {
    const { issuer, authenticator } = await open();
    await issuer.rotate(alg);
    assert.match(shown(await authenticator.authenticate(await issuer.token())), /#ada$/);
  });
}

for (const [what, claims, message] of [
  ['of another issuer', { iss: 'https://evil.example.com' }, /its claim "iss"/],
  ['of no issuer', { iss: undefined }, /its claim "iss"/],
  ['for another audience', { aud: 'https://other.example.com' }, /its claim "aud"/],
  ['for no audience', { aud: undefined }, /its claim "aud"/],
  ['for nobody', { sub: undefined }, /its claim "sub"/],
  ['for null', { sub: null }, /its claim "sub"/],
  ['for an empty name', { sub: '' }, /its claim "sub"/],
  ['for a blank name', { sub: ' \t' }, /its claim "sub"/],
  ['for a number', { sub: 5 }, /its claim "sub"/],
  ['for an object', { sub: {} }, /its claim "sub"/],
  ['for a list of names', { sub: ['ada'] }, /its claim "sub"/],
  ['without an end', { exp: undefined }, /its claim "exp"/],
  ['that has run out', { exp: seconds() - 40 }, /it has expired/],
  ['that is not good yet', { nbf: seconds() + 60 }, /its claim "nbf"/],
] as const) {
  test(`the authenticator knows nobody by a token ${what}`, async () => {
    const { issuer, authenticator } = await open();
    const token = await issuer.token(claims);
    const found = await authenticator.authenticate(token);
    assert.is('rejected' in found && found.rejected, 'invalid');
    assert.match(shown(found), message);
  });
}

test('the authenticator lets the clocks be half a minute apart', async () => {
  const { issuer, authenticator } = await open();
  const times = { exp: seconds() - 20, nbf: seconds() + 20 };
  assert.match(shown(await authenticator.authenticate(await issuer.token(times))), /#ada$/);
});

test('the authenticator takes several audiences, and scopes in any form', async () => {
  const { issuer, authenticator } = await open();
  const claims = {
    aud: ['https://other.example.com', issuer.audience],
    scope: undefined,
    scp: ['tools:write'],
  };
  const principal = (await authenticator.authenticate(await issuer.token(claims))) as Principal;
  assert.equal(principal.scopes, ['tools:write']);
});

test('the authenticator takes long tokens, as those of people in many groups are', async () => {
  const { issuer, authenticator } = await open();
  const token = await issuer.token({ groups: 'g'.repeat(5800) });
  assert.ok(token.length > 8000 && token.length <= 8192, `${token.length}`);
  assert.match(shown(await authenticator.authenticate(token)), /#ada$/);
});

test('the authenticator knows nobody by what anybody could have signed', async () => {
  const { issuer, authenticator } = await open();
  const good = await issuer.token();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const other = await TokenIssuer.start();
  issuers.push(other);
  const root = Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url');
  const shared = new TextEncoder().encode('a secret that both of them have, long enough');
  for (const [token, message] of [
    [await other.token(), /not signed by its issuer/],
    [`${header}.${root}.${signature}`, /not signed by its issuer/],
    [`${header}.${payload}.`, /not signed by its issuer/],
    [`${header}.${payload}`, /no JWT at all/],
    [new UnsecuredJWT(claims).encode(), /its algorithm is not one of a public key/],
    [
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(shared),
      /its algorithm is not one of a public key/,
    ],
    ['nonsense', /no JWT at all/],
    ['..', /no JWT at all/],
    ['x'.repeat(10_000), /it is too long/],
  ] as const) {
    const found = await authenticator.authenticate(token);
    assert.is('rejected' in found && found.rejected, 'invalid', token.slice(0, 60));
    assert.match(shown(found), message);
  }
  assert.match(shown(await authenticator.authenticate(good)), /#ada$/);
});

test('the authenticator blames the sender, and tells nobody, when a signed text is no token or asks for what nobody knows', async () => {
  const { issuer, logger, authenticator } = await open();
  const [, payload, signature] = (await issuer.token()).split('.');
  const critical = { alg: 'ES256', kid: 'key-1', crit: ['unheard-of'], 'unheard-of': 1 };
  const header = Buffer.from(JSON.stringify(critical)).toString('base64url');
  await issuer.showAnother();
  for (const token of [
    await issuer.signed('["ada"]'),
    `${header}.${payload}.${signature}`,
    await issuer.token({}, { kid: undefined }), // by which of the two keys?
  ]) {
    const found = await authenticator.authenticate(token);
    assert.is('rejected' in found && found.rejected, 'invalid');
    assert.match(shown(found), /not signed by its issuer, or no JWT at all/);
  }
  assert.equal(logger.records, []);
});

test('the authenticator follows the issuer to new keys, and lets go of the old ones', async () => {
  const { issuer, authenticator } = await open({ cooldownMs: 0 });
  const old = await issuer.token({ sub: 'old' });
  assert.match(shown(await authenticator.authenticate(old)), /#old$/);
  const unseen = await issuer.token({ sub: 'unseen' });
  await issuer.rotate();
  assert.match(shown(await authenticator.authenticate(await issuer.token({ sub: 'new' }))), /#new$/);
  assert.match(shown(await authenticator.authenticate(unseen)), /its issuer has no such key/);
});

for (const [when, given] of [
  ['unless told otherwise', {}],
  ['within the time that is set', { cooldownMs: 60_000 }],
] as const) {
  test(`the authenticator asks for keys once, and for those that nobody knows not again and again, ${when}`, async () => {
    const { issuer, authenticator } = await open(given);
    await Promise.all(
      Array.from({ length: 5 }, async (_, n) =>
        authenticator.authenticate(await issuer.token({ sub: `${n}` })),
      ),
    );
    assert.is(issuer.asked, 1);
    const unknown = await issuer.token({}, { kid: 'nobody has it' });
    for (let n = 0; n < 5; n += 1)
      assert.match(shown(await authenticator.authenticate(unknown)), /its issuer has no such key/);
    assert.is(issuer.asked, 1);
  });
}

test('the authenticator remembers a token for a minute, but never longer than it is good', async () => {
  let now = Date.now();
  const { issuer, authenticator } = await open({ now: () => now });
  const start = Math.floor(now / 1000);
  const token = await issuer.token({ exp: start + 600 });
  const short = await issuer.token({ exp: start + 5, sub: 'short' });
  assert.not.ok(authenticator.isCheap(token));
  await authenticator.authenticate(token);
  await authenticator.authenticate(short);
  assert.ok(authenticator.isCheap(token));
  assert.not.instance(authenticator.authenticate(token), Promise);
  now = (start + 36) * 1000;
  assert.not.ok(authenticator.isCheap(short));
  assert.match(shown(await authenticator.authenticate(short)), /it has expired/);
  now = (start + 62) * 1000;
  assert.not.ok(authenticator.isCheap(token));
  assert.match(shown(await authenticator.authenticate(token)), /#ada$/);
});

test('the authenticator forgets the token that it verified first when there are too many', async () => {
  let now = Date.now();
  const { issuer, authenticator } = await open({ mostRemembered: 2, now: () => now });
  const exp = Math.floor(now / 1000) + 600;
  const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => issuer.token({ sub, exp })));
  const [a, b, c] = tokens as [string, string, string];
  const remembered = () => tokens.map((token) => authenticator.isCheap(token));
  await authenticator.authenticate(a);
  now += 30_000;
  await authenticator.authenticate(b);
  assert.equal(remembered(), [true, true, false]);
  now += 40_000; // a is forgotten, b not yet
  await authenticator.authenticate(a);
  await authenticator.authenticate(c);
  assert.equal(remembered(), [true, false, true]);
});

test('the authenticator does not blame the sender when the keys can’t be had, and says so in the log without the token', async () => {
  const { issuer, logger, authenticator } = await open();
  issuer.trouble = 500;
  const token = await issuer.token();
  const found = await authenticator.authenticate(token);
  assert.is('rejected' in found && found.rejected, 'unavailable');
  assert.is(logger.records.at(-1)?.level, 'error');
  assert.not.ok(JSON.stringify([logger.records, found]).includes(token.slice(0, 20)));
  issuer.trouble = undefined;
  assert.match(shown(await authenticator.authenticate(token)), /#ada$/);
});

test('the authenticator logs why the keys can’t be had', async () => {
  const { issuer, logger, authenticator } = await open();
  const token = await issuer.token();
  const { jwksUrl } = issuer;
  issuer.close();
  await authenticator.authenticate(token);
  assert.equal(logger.records.at(-1)?.fields, { jwks_url: jwksUrl, reason: 'ECONNREFUSED' });
});

test('the authenticator goes through the proxy that the environment names, and shows no password of one', async () => {
  const { issuer, logger } = await open();
  const asked: string[] = [];
  const proxy = createServer(async (request, response) => {
    asked.push(String(request.url));
    response.end(await (await fetch(String(request.url))).text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve).unref());
  const { port } = proxy.address() as AddressInfo;
  const options = { issuer: issuer.issuer, audience: issuer.audience, jwksUrl: issuer.jwksUrl, logger };
  const through = (HTTP_PROXY: string) => new TokenAuthenticator({ ...options, environment: { HTTP_PROXY } });
  const token = await issuer.token();
  assert.match(shown(await through(`http://127.0.0.1:${port}`).authenticate(token)), /#ada$/);
  assert.equal(asked, [issuer.jwksUrl]);
  for (const address of ['http://ada:hunter2@127.0.0.1:1', 'http://ada:hunter2@proxy:x'])
    assert.ok('rejected' in (await through(address).authenticate(token)));
  assert.is(logger.records.length, 2);
  assert.not.match(JSON.stringify(logger.records), 'hunter2');
  proxy.closeAllConnections();
  proxy.close();
});

for (const [what, answer, reason] of [
  [
    'lead elsewhere',
    (response: ServerResponse) =>
      response.writeHead(307, { location: 'https://user:S3cret@x.example/?S3cret' }).end(),
    'redirect to https://x.example',
  ],
  [
    'have no end',
    (response: ServerResponse) => {
      response.on('drain', () => response.write(LETTERS)).write('{"keys":[');
      response.write(LETTERS);
    },
    'ERR_ANSWER_TOO_LONG',
  ],
] as const) {
  test(`the authenticator takes no keys that ${what}, and says so in the log`, async () => {
    const { issuer, logger } = await open();
    const server = createServer((_request, response) => void answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve).unref());
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const options = { issuer: issuer.issuer, audience: issuer.audience, jwksUrl, logger };
    const found = await new TokenAuthenticator(options).authenticate(await issuer.token());
    assert.is('rejected' in found && found.rejected, 'unavailable');
    assert.equal(logger.records.at(-1)?.fields, { jwks_url: jwksUrl, reason });
    server.closeAllConnections();
    server.close();
  });
}

test.run();
