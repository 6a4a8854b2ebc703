import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor, MASK } from '../../../../src/domain/policy/redact.ts';
import { createTelemetryMask, namesSecretAttribute } from '../../../../src/domain/telemetry/masking.ts';

const test = suite('telemetry masking');

const mask = createTelemetryMask();

for (const [text, shown] of [
  ['password=hunter2', `password=${MASK}`],
  ['db_password: hunter2, next', `db_password: ${MASK}, next`],
  ['{"password":"hunter2","user":"bob"}', `{"password":"${MASK}","user":"bob"}`],
  ['{"token":12345678}', `{"token":${MASK}}`],
  ["{'token': 'abc def', 'x': 1}", `{'token': '${MASK}', 'x': 1}`],
  ['{\\"secret\\":\\"hun ter2\\",\\"a\\":1}', `{\\"secret\\":\\"${MASK}\\",\\"a\\":1}`],
  ['token="a\\"b" rest', `token="${MASK}" rest`],
  ["password='it''s' x", `password='${MASK}' x`],
  ['"clientSecret"=>"x y"', `"clientSecret"=>"${MASK}"`],
  ['api_key: "abc", other=1', `api_key: "${MASK}", other=1`],
  ['apiKey=abc;user=bob', `apiKey=${MASK};user=bob`],
  ['PASSWORD=a,b;c d', `PASSWORD=${MASK} d`],
  ['(passwd=x)', `(passwd=${MASK})`],
  ['<password>hunter2</password>', `<password>${MASK}</password>`],
  ['&quot;password&quot;:&quot;hunter2&quot;', `&quot;password&quot;:&quot;${MASK}&quot;`],
  ['params[password]=hunter2&b=1', `params[password]=${MASK}&b=1`],
  ['GET /cb?access_token=abc&page=2 200', `GET /cb?access_token=${MASK}&page=2 200`],
  ['password%3Dhunter2&x=1', `password%3D${MASK}&x=1`],
  ['run --api-key abcd --x', `run --api-key ${MASK} --x`],
  ['token 8f3k2j1l is bad', `token ${MASK} is bad`],
  ['the secret is s3cr3tvalue', `the secret is ${MASK}`],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPx', `aws_secret_access_key = ${MASK}`],
  ['Cookie: session=abc; id="x y"; theme=dark', `Cookie: ${MASK}`],
  ['set-cookie: a=b; Path=/; HttpOnly', `set-cookie: ${MASK}`],
  ['Authorization: AWS4-HMAC-SHA256 Credential=x/y, Signature=abc', `Authorization: ${MASK}`],
  ['authorization=foo rest', `authorization=${MASK} rest`],
  ['login alice:p@ss/w@db:5432 failed', `login alice:${MASK}@db:5432 failed`],
  ['postgres://u:p@db/x', `postgres://${MASK}@db/x`],
  ['sent eyJhbGciOi.eyJzdWIiOi.c2ln', `sent ${MASK}`],
  ['AKIAIOSFODNN7EXAMPLE', `AKIA${MASK}`],
  ['ghp_0123456789abcdefABCD', `ghp_${MASK}`],
  ['pass\u200bword=hun\u00adter2 rest', `password=${MASK} rest`],
  ['token\u0000: ab\u001b[31mcd\u001b[0m ef', `token: ${MASK} ef`],
] as const)
  test(`a secret is masked: ${JSON.stringify(text)}`, () => {
    assert.is(mask.text(text), shown);
    assert.is(mask.text(shown), shown, 'what is masked stays as it is');
  });

for (const text of [
  'token expired',
  'Invalid token count 5',
  'max_tokens=4096 prompt_tokens: 12',
  'Failed password for root from 10.0.0.1 port 22',
  'cookie: we like them',
  'image nginx:1.25@sha256:0a1b2c',
  'mailto:bob@example.com',
  'at 10:05 bob@example.com',
  'PWD=/home/x',
  'secret/data/x',
  'key session:17 missed',
  'monkey=1 keyboard: us',
  'a\n\tb 漢字 😀',
])
  test(`what is no secret stays: ${JSON.stringify(text)}`, () => {
    assert.is(mask.text(text), text);
  });

test('secrets of the server itself are masked wherever they are echoed', () => {
  const own = createTelemetryMask(createRedactor(['correct-horse']));
  assert.is(own.text('sent correct-\u200bhorse to /login'), `sent ${MASK} to /login`);
});

const secret = fc.stringMatching(/^[A-Za-z0-9+/_]{8,40}$/);
const name = fc.constantFrom(
  'password',
  'db_password',
  'secret',
  'clientSecret',
  'token',
  'ACCESS_TOKEN',
  'api_key',
  'x-api-key',
);
const around = fc.constantFrom(
  (key: string, value: string) => `${key}=${value}`,
  (key: string, value: string) => `${key}: ${value}`,
  (key: string, value: string) => JSON.stringify({ a: 1, [key]: value, b: { c: 2 } }),
  (key: string, value: string) => JSON.stringify(JSON.stringify({ [key]: value, b: 2 })),
  (key: string, value: string) => JSON.stringify(JSON.stringify(JSON.stringify({ [key]: value }))),
  (key: string, value: string) => `{${key}=${value}, other=1}`,
  (key: string, value: string) => `POST /login?a=1&${key}=${value}&b=2 HTTP/1.1`,
  (key: string, value: string) => `curl --${key} ${value} http://host`,
  (key: string, value: string) => `<${key}>${value}</${key}>`,
  (key: string, value: string) => `${key}: "${value}"\nnext: 'line'`,
);

test('no value behind such a name comes out, whatever is written around it', () => {
  fc.assert(
    fc.property(name, secret, around, fc.string({ maxLength: 20 }), (key, value, write, noise) => {
      fc.pre(!`${noise}${write(key, '')}`.includes(value));
      const shown = mask.text(`${noise.replace(/["'`]/g, '')} ${write(key, value)} ${noise}`);
      assert.not(shown.includes(value), shown);
    }),
    { numRuns: 3000 },
  );
});

test('a text has no control or invisible characters but line ends and tabs, and cleaning it again changes nothing', () => {
  const character = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '\u001b[2J',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\u{e0041}',
      '\r',
      '\r\n',
      '\u0085',
      '\u2028',
      '\ud800',
      '\n',
      '\t',
      'a',
    ),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 40 }), (characters) => {
      const shown = mask.text(characters.join(''));
      assert.not.match(shown, /(?![\n\t])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      assert.is(mask.text(shown), shown);
      assert.not.match(mask.line(characters.join('')), /[\n\t]/);
    }),
    { numRuns: 1000 },
  );
});

test('sequences for a terminal go whole, and line ends of all kinds are one', () => {
  assert.is(mask.text('\u001b[1;31mred\u001b[0m \u001b]0;title\u0007x\u009b2K'), 'red x');
  assert.is(mask.text('a\r\nb\rc\u2028d'), 'a\nb\nc\nd');
  assert.is(mask.line('  a\r\n\tb  '), 'a b');
});

test('attributes that are named like secrets are masked whole, and others are cleaned at every level', () => {
  assert.equal(
    mask.attributes({
      'http.request.header.cookie': ['a=b'],
      'db.password': 'x',
      token: 17,
      'http.url': 'https://u:p@h/',
      nested: { signing_key: { any: 1 }, note: 'password=x', list: ['secret: y', 2] },
      'na\u200bme': 'v\u0000',
      left: undefined,
    }),
    {
      'http.request.header.cookie': MASK,
      'db.password': MASK,
      token: MASK,
      'http.url': `https://${MASK}@h/`,
      nested: { signing_key: MASK, note: `password=${MASK}`, list: [`secret: ${MASK}`, 2] },
      name: 'v',
    },
  );
  let deep: unknown = 'end';
  for (let level = 0; level < 10_000; level++) deep = { deep };
  assert.match(JSON.stringify(mask.attributes(deep as never)), /"…"/);
});

for (const attribute of [
  'authorization',
  'http.request.header.Authorization',
  'cookie',
  'http.response.header.set-cookie',
  'Set_Cookie',
  'db.password',
  'userPassword',
  'passwd',
  'session.token',
  'key',
  'x-api-key',
  'signingKey',
  'aws.access_key',
  'client.secret',
  'credentials',
  'pass\u200bword',
])
  test(`the attribute ${JSON.stringify(attribute)} is named like a secret`, () => {
    assert.ok(namesSecretAttribute(attribute));
  });

for (const attribute of [
  'monkey',
  'keyboard',
  'token_count',
  'max_tokens',
  'messaging.kafka.message.key',
  'messaging.rabbitmq.destination.routing_key',
  'partitionKey',
  'cache.key',
  'http.route',
])
  test(`the attribute ${attribute} is not`, () => {
    assert.not(namesSecretAttribute(attribute));
  });

test('of a text of millions of characters the beginning is taken, and its length told', () => {
  for (const text of [`password="${'x'.repeat(16e6)}"`, `token=${'x,'.repeat(8e6)}`, 'x'.repeat(16e6)]) {
    const shown = mask.text(text);
    assert.ok(shown.length < 70_000);
    assert.ok(shown.includes(MASK) || shown.endsWith('… (16000000 characters)'));
  }
});

/** Beginnings of secrets again and again: each expression looks at a character a bounded number of times. */
const repeated = [
  'password ',
  'token=',
  'a:b@',
  'password="',
  'cookie: a=b; ',
  '\u001b[',
  '-',
  '\\',
  'token is ',
  ',a=b',
  "secret='",
];
test('texts that begin as secrets again and again are masked in one go', () => {
  for (const part of repeated) {
    const text = part.repeat(Math.ceil(60_000 / part.length));
    for (const end of ['', 'password', '"', '\n password=hunter2'])
      assert.not(mask.text(text + end).includes('hunter2'));
  }
});

test.run();
