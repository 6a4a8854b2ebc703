import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { boundJson } from '../../../../src/domain/policy/bounded-json.ts';
import { createRedactor, MASK } from '../../../../src/domain/policy/redact.ts';
import type { JsonObject, JsonValue } from '../../../../src/domain/shared/json.ts';

const test = suite('bounded-json');

const nested = (levels: number): JsonValue => (levels === 0 ? 'deep' : [nested(levels - 1)]);
const many = Array.from({ length: 1000 }, () => 1);

for (const [what, value, bounded] of [
  [
    'a long text loses its end, and what is beside it stays',
    { content: '😀'.repeat(1000), path: '/a' },
    { content: `${'😀'.repeat(50)}… (2000 characters)`, path: '/a' },
  ],
  ['of many items the first stay', { numbers: many }, { numbers: [...many.slice(0, 199), '… (801 more)'] }],
  [
    'of many members the first stay, by their names',
    Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`b${9999 - n}`, n])),
    {
      ...Object.fromEntries(Array.from({ length: 124 }, (_, n) => [`b${9000 + n}`, 999 - n])),
      '…': '876 more',
    },
  ],
  ['a long name loses its end', { ['n'.repeat(300)]: 1 }, { [`${'n'.repeat(100)}… (256 characters)`]: 1 }],
] as const)
  test(what, () => {
    assert.equal(boundJson(value as JsonObject, { most: 1600 }), { value: bounded, isCut: true });
  });

test('what is nested too deep is left out', () => {
  const { value, isCut } = boundJson({ a: nested(500) }, { most: 1600 });
  assert.is(isCut, true);
  assert.match(JSON.stringify(value), /^\{"a":\[{32}"…"\]{32}\}$/);
});

test('what fits stays as it is', () => {
  for (const value of [{}, { a: [1, { b: null }, 'x'] }, { text: 'x'.repeat(1500) }, { a: nested(30) }]) {
    assert.equal(boundJson(value, { most: 1600 }), { value, isCut: false });
    assert.equal(boundJson(value, { most: 1600, redactor: createRedactor() }), { value, isCut: false });
  }
});

const SECRET = 'hunter2hunter2';
const redactor = createRedactor([SECRET]);

test('secrets are masked by value, by form and by name, wherever they are', () => {
  const value = {
    argv: ['curl', '-H', 'Authorization: Bearer abcdefgh12345678', `--pass=${SECRET}`],
    env: { API_KEY: 'short', PATH: '/bin', DEEP: [{ password: { of: 'ada' } }] },
    [`name ${SECRET}`]: 'sk-ant-api03-abcdef',
    count: 1,
  };
  assert.equal(boundJson(value, { most: 1600, redactor }).value, {
    argv: ['curl', '-H', `Authorization: Bearer ${MASK}`, `--pass=${MASK}`],
    env: { API_KEY: MASK, PATH: '/bin', DEEP: [{ password: MASK }] },
    [`name ${MASK}`]: `sk-ant-${MASK}`,
    count: 1,
  });
});

test('variables by which programs take secrets are masked, and others stay', () => {
  const secret = ['PGPASSWORD', 'AWS_SECRET_ACCESS_KEY', 'GH_TOKEN', 'privateKey', 'Set-Cookie', 'x-passwd'];
  const plain = ['PWD', 'KEY', 'max_tokens', 'PATH', 'secretary', 'keyboard'];
  const env = (value: (name: string) => string) =>
    Object.fromEntries([...secret, ...plain].map((name) => [name, value(name)]));
  assert.equal(boundJson({ env: env(() => 'x') }, { most: 1600, redactor }).value, {
    env: env((name) => (secret.includes(name) ? MASK : 'x')),
  });
});

test('no part of a secret is left where a text is cut', () => {
  for (let before = 80; before <= 110; before += 1) {
    const value = { content: `${' '.repeat(before)}${SECRET}${' '.repeat(5000)}` };
    assert.not.match(JSON.stringify(boundJson(value, { most: 1600, redactor })), 'hunter2');
  }
});

test('whatever comes, what is kept is bounded, and the same in whatever order its members are', () => {
  void fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 400 }), fc.jsonValue()), (given) => {
      const value: JsonObject = JSON.parse(JSON.stringify(given));
      const bounded = boundJson(value, { most: 160 });
      assert.ok(JSON.stringify(bounded.value).length < 160 * 20, JSON.stringify(bounded.value));
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      assert.equal(boundJson(reversed, { most: 160 }), bounded);
    }),
  );
});

test.run();
