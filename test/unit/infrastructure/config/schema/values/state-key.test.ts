import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { stateKey } from '../../../../../../src/infrastructure/config/schema/values/state-key.ts';

const test = suite('state key');

for (const encoding of ['base64', 'base64url', 'hex'] as const) {
  test(`the schema takes 32 bytes in ${encoding} and not 31`, () => {
    assert.ok(v.is(stateKey(), randomBytes(32).toString(encoding)));
    assert.not(v.is(stateKey(), randomBytes(31).toString(encoding)));
  });
}

test('the schema counts hexadecimal as what it is, though it would pass for longer base64', () => {
  assert.not(v.is(stateKey(), 'ab'.repeat(31)));
});

test('the schema takes no pass phrase and nothing but text', () => {
  assert.not(v.is(stateKey(), 'correct horse battery staple, and many more words that make it long'));
  assert.not(v.is(stateKey(), 1234567890));
});

test('the schema drops the white space around it', () => {
  const key = 'ab'.repeat(32);
  assert.is(v.parse(stateKey(), ` ${key}\n`), key);
});

test.run();
