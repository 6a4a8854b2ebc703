import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApiKey } from '../../../../src/application/ports/key-store.ts';
import type { Principal } from '../../../../src/application/request-context.ts';
import { newKeyText, sha256Of } from '../../../../src/infrastructure/auth/api-key-text.ts';
import { KeyAuthenticator } from '../../../../src/infrastructure/auth/key-authenticator.ts';

const test = suite('KeyAuthenticator');

const NOW = Date.UTC(2026, 0, 1);

/** A store of one key, and what its holder has. */
function sample(given: Partial<ApiKey> = {}) {
  const { id, key } = newKeyText();
  const created = new Date(NOW - 1000).toISOString();
  const keys = new Map<string, ApiKey>([
    [id, { id, sha256: sha256Of(key), scopes: ['tools:read'], created, ...given }],
  ]);
  const clock = { now: NOW };
  const authenticator = new KeyAuthenticator({ find: (wanted) => keys.get(wanted) }, () => clock.now);
  return { id, key, keys, clock, authenticator };
}

test('the authenticator knows the holder of a key, and what it is good for', () => {
  const { id, key, authenticator } = sample();
  const principal = authenticator.authenticate(key);
  assert.equal(principal, { id: `key:${id}`, kind: 'key', scopes: ['tools:read'] });
  assert.ok(authenticator.isStillGood(principal as Principal));
  assert.ok(authenticator.recognizes(key));
  assert.not.ok(authenticator.recognizes('eyJhbGciOiJSUzI1NiJ9.e30.x'));
});

test('the authenticator refuses the old secret of a renewed key, and who came with it, under the same id', () => {
  const { id, key, keys, authenticator } = sample();
  const before = authenticator.authenticate(key) as Principal;
  const renewed = newKeyText(id);
  keys.set(id, { ...(keys.get(id) as ApiKey), sha256: sha256Of(renewed.key) });
  assert.not.ok(authenticator.isStillGood(before));
  assert.ok(authenticator.mayReturn(before));
  assert.ok('rejected' in authenticator.authenticate(key));
  const after = authenticator.authenticate(renewed.key) as Principal;
  assert.equal(after, before);
  assert.ok(authenticator.isStillGood(after));
});

test('the authenticator notes the uses of good keys, and no others', () => {
  const noted: string[] = [];
  const { id, key, keys } = sample();
  const uses = { note: (used: string) => void noted.push(used) };
  const authenticator = new KeyAuthenticator({ find: (wanted) => keys.get(wanted) }, () => NOW, uses);
  authenticator.authenticate(`tfk_${id}.${newKeyText().key.split('.')[1]}`);
  authenticator.authenticate(newKeyText().key);
  assert.equal(noted, []);
  authenticator.authenticate(key);
  assert.equal(noted, [id]);
});

test('the authenticator knows nobody by anything else, and says the same of each', () => {
  const { id, key, authenticator } = sample();
  const other = newKeyText();
  const messages = [
    other.key,
    `tfk_${id}.${other.key.split('.')[1]}`,
    `tfk_${other.id}.${key.split('.')[1]}`,
    key.slice(0, -1),
    `${key}A`,
    key.toUpperCase(),
    ` ${key}`,
    `tfk_${id}.`,
    `tfk_${id}`,
    'tfk_',
    `tfk___proto__.${key.split('.')[1]}`,
  ].map((credential) => {
    const found = authenticator.authenticate(credential);
    assert.ok('rejected' in found && found.rejected === 'invalid', credential);
    return found.message;
  });
  assert.is(new Set(messages).size, 1);
});

test('the authenticator knows nobody by a key from the moment on at which it expires', () => {
  const { key, authenticator, clock } = sample({ expires: new Date(NOW + 1000).toISOString() });
  const principal = authenticator.authenticate(key) as Principal;
  for (const [now, isGood] of [
    [NOW + 999, true],
    [NOW + 1000, false],
    [NOW + 1001, false],
  ] as const) {
    clock.now = now;
    assert.is('rejected' in authenticator.authenticate(key), !isGood, `${now}`);
    assert.is(authenticator.isStillGood(principal), isGood);
  }
});

test('the authenticator holds no one good whom it did not admit itself', () => {
  const { key, authenticator } = sample();
  const principal = authenticator.authenticate(key) as Principal;
  assert.not.ok(authenticator.isStillGood({ ...principal }));
});

test('the authenticator knows nobody by a key of which nobody can tell when it expires', () => {
  const { key, id, authenticator } = sample({ expires: '2030-01-01T00:00:00+00' });
  assert.ok('rejected' in authenticator.authenticate(key));
  assert.not.ok(authenticator.mayReturn({ id: `key:${id}`, kind: 'key', scopes: ['tools:read'] }));
});

test('the authenticator sees that a key was revoked, or is good for something else', () => {
  const { id, key, keys, authenticator } = sample();
  const principal = authenticator.authenticate(key) as Principal;
  keys.set(id, { ...(keys.get(id) as ApiKey), scopes: ['prompts:read'] });
  assert.not.ok(authenticator.isStillGood(principal));
  keys.delete(id);
  assert.not.ok(authenticator.isStillGood(principal));
  assert.ok('rejected' in authenticator.authenticate(key));
});

test('the authenticator is not one that knows tokens by their ids', () => {
  const { id, authenticator } = sample();
  assert.not.ok(authenticator.mayReturn({ id: `key:${id}`, kind: 'token', scopes: ['tools:read'] }));
});

test('the authenticator compares in constant time, also where there is no such key', () => {
  const real = crypto.timingSafeEqual;
  const lengths: number[][] = [];
  crypto.timingSafeEqual = (one, other) => {
    lengths.push([one.byteLength, other.byteLength]);
    return real(one, other);
  };
  syncBuiltinESMExports();
  try {
    const { id, key, authenticator } = sample();
    const other = newKeyText().key;
    for (const credential of [key, other, `tfk_${id}.${other.split('.')[1]}`])
      authenticator.authenticate(credential);
  } finally {
    crypto.timingSafeEqual = real;
    syncBuiltinESMExports();
  }
  assert.equal(lengths, [
    [32, 32],
    [32, 32],
    [32, 32],
  ]);
});

test('the authenticator makes keys that are never the same, of 256 random bits', () => {
  const made = Array.from({ length: 1000 }, () => newKeyText());
  for (const { id, key } of made) {
    assert.match(key, new RegExp(`^tfk_${id}\\.[A-Za-z0-9_-]{43}$`));
    assert.is(Buffer.from(key.split('.')[1] as string, 'base64url').length, 32);
  }
  assert.is(new Set(made.map(({ key }) => key.split('.')[1])).size, made.length);
  assert.is(new Set(made.map(({ id }) => id)).size, made.length);
});

test.run();
