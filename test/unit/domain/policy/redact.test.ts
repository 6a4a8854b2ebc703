import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor, MASK, namesSecret } from '../../../../src/domain/policy/redact.ts';

const test = suite('redact');

test('the redactor masks known secrets wherever they occur', () => {
  const redactor = createRedactor(['hunter2hunter2', 'a+b(c)$&']);
  assert.is(redactor.text('x hunter2hunter2 y hunter2hunter2'), `x ${MASK} y ${MASK}`);
  assert.is(redactor.text('is a+b(c)$& regular?'), `is ${MASK} regular?`);
  assert.is(redactor.field('path', '/tmp/hunter2hunter2'), `/tmp/${MASK}`);
});

test('the redactor leaves nothing of a secret that contains another', () => {
  assert.is(createRedactor(['secret', 'secret-and-more']).text('secret-and-more'), MASK);
});

test('the redactor takes no short word for a secret', () => {
  assert.is(createRedactor(['', 'on', 'hello']).text('hello, the light is on'), 'hello, the light is on');
});

/** Each once took the square of its length. */
const long = [
  ['a-'.repeat(200_000), ' http://user:pass@host', ` http://${MASK}@host`],
  ['-eyJabcd'.repeat(50_000), ' x', ' x'],
  ['-----BEGIN '.repeat(50_000), ' x', ' x'],
] as const;

test('text that begins as a secret again and again is looked at once', () => {
  for (const [before, end, shown] of long)
    assert.is(
      createRedactor()
        .text(before + end)
        .slice(before.length),
      shown,
    );
});

for (const [text, shown] of [
  [`${'x'.repeat(60)}://user:pass@host`, `${'x'.repeat(60)}://${MASK}@host`],
  ['key sk-ant-api03-AbC_d-9 used', `key sk-ant-${MASK} used`],
  ['KEY_sk-ant-api03', `KEY_sk-ant-${MASK}`],
  ['a task-ant-hill', 'a task-ant-hill'],
  ['tfk_a1B2.s3cr3t-_x is wrong', `tfk_a1B2.${MASK} is wrong`],
  ['tfk_a1B2 is an id', 'tfk_a1B2 is an id'],
  ['tfs_0123456789abcdefXYZ', `tfs_${MASK}`],
  ['Authorization: Bearer eyJhbGciOi.J9-_~+/=', `Authorization: Bearer ${MASK}`],
  ['bearer\tabcdefgh12', `bearer ${MASK}`],
  ['the bearer of this', 'the bearer of this'],
  ['Basic dXNlcjpwYXNz', `Basic ${MASK}`],
  ['a basic instinct', 'a basic instinct'],
  ['sk-proj-0123456789abcdef', `sk-${MASK}`],
  ['a risk-averse-person-is-here', 'a risk-averse-person-is-here'],
  ['ghp_0123456789abcdefABCD', `ghp_${MASK}`],
  ['AKIA0123456789ABCDEF', `AKIA${MASK}`],
  ['eyJhbGciOi.eyJzdWIiOi.c2ln', MASK],
  ['ASIA0123456789ABCDEF', `ASIA${MASK}`],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', MASK],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-256-CBC,0A\n\nabc\n-----END RSA PRIVATE KEY----- then',
    `${MASK} then`,
  ],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n-----END PGP PRIVATE KEY BLOCK-----', MASK],
  ['key -----BEGIN PRIVATE KEY-----\nabc-def', `key ${MASK}`],
  ['https://user:pass@host/x', `https://${MASK}@host/x`],
  ['(https://token@host)', `(https://${MASK}@host)`],
  ['https://user:p@ss/w?or#d@host/x', `https://${MASK}@host/x`],
  ['http://user:pass@[::1]:80/', `http://${MASK}@[::1]:80/`],
  ['/project/https:/user:pass@host/x.yaml', `/project/https:/${MASK}@host/x.yaml`],
  ['redis://:pass@10.0.0.5:6379/2', `redis://${MASK}@10.0.0.5:6379/2`],
  ['HTTPS://USER:PASS@HOST', `HTTPS://${MASK}@HOST`],
  ['https://host/jwks?token=abc&x=1#top', `https://host/jwks?${MASK}#top`],
  ['https://host/#access_token=abc', `https://host/#${MASK}`],
  ['https://user:pass%40host/x', `https://${MASK}%40host/x`],
  ['https://pass＠host', `https://${MASK}＠host`],
  ['https://user:passhost/x', `https://${MASK}`],
  ['Serving http://127.0.0.1:8000.', 'Serving http://127.0.0.1:8000.'],
  ['(see http://localhost:8080)', '(see http://localhost:8080)'],
  ['http://[::1]:3000: refused', 'http://[::1]:3000: refused'],
  ['http://user:8000x.', `http://${MASK}`],
  ['https://user:pa/ss', `https://${MASK}`],
  ['https://host/a%40b', 'https://host/a%40b'],
  ['https://[::1]/x', 'https://[::1]/x'],
  ['https://host:8080/@scope/x and a@b', 'https://host:8080/@scope/x and a@b'],
  ['https://[::1]:8080/@scope', 'https://[::1]:8080/@scope'],
  ['file:///srv/what?.txt', 'file:///srv/what?.txt'],
  ['C:/Users/a@b/x?y', 'C:/Users/a@b/x?y'],
  ['a@b at 12:30', 'a@b at 12:30'],
] as const) {
  test(`the redactor recognises secrets by their form: ${JSON.stringify(text)}`, () => {
    assert.is(createRedactor().text(text), shown);
  });
}

for (const name of [
  'api_key',
  'apiKey',
  'APIKEY',
  'X-Api-Key',
  'password',
  'dbPassword',
  'client_secret',
  'token',
  'accessToken',
  'authorization',
  'Authorization',
  'security.state_key',
]) {
  test(`the redactor masks the field "${name}" whole`, () => {
    assert.ok(namesSecret(name));
    assert.is(createRedactor().field(name, 'anything'), MASK);
    assert.is(createRedactor().field(name, 42), MASK);
  });
}

for (const name of ['max_tokens', 'inputTokens', 'token_count', 'key', 'monkey', 'secretary', 'path']) {
  test(`the redactor shows the field "${name}"`, () => {
    assert.not(namesSecret(name));
    assert.is(createRedactor().field(name, 42), 42);
  });
}

test('the redactor keeps a field without a value', () => {
  assert.is(createRedactor().field('token', undefined), undefined);
});

test.run();
