import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonValue } from '../../src/domain/shared/json.ts';
import { fill, mismatch, type Variables } from '../support/frame-pattern.ts';

const test = suite('frame pattern');
const fits = (pattern: JsonValue, value: unknown, variables: Variables = new Map()) =>
  mismatch(pattern, value, variables) === undefined;

test('members may come in any order, none missing and none too many', () => {
  assert.ok(fits({ a: 1, b: [true, null] }, { b: [true, null], a: 1 }));
  assert.is(mismatch({ a: 1 }, { a: '1' }, new Map()), 'frame.a: expected 1, got "1"');
  assert.is(mismatch({ a: 1 }, {}, new Map()), 'frame.a: expected 1, got undefined');
  assert.is(mismatch({ a: 1 }, { a: 1, b: 2 }, new Map()), 'frame.b: expected nothing, got 2');
});

test('"…" is any value, but a value; as a key, any other members', () => {
  assert.ok(fits({ a: '…' }, { a: null }));
  assert.not(fits({ a: '…' }, {}));
  assert.ok(fits({ a: 1, '…': '…' }, { a: 1, b: 2 }));
  assert.not(fits({ a: 1, '…': '…' }, { b: 2 }));
});

test('"… more" is any number of elements', () => {
  assert.ok(fits(['… more', 2, '… more'], [1, 2, 3]));
  assert.ok(fits(['… more'], []));
  assert.ok(fits([1, '… more', 3], [1, 3]));
  assert.not(fits(['… more', 2], [1, 2, 3]));
  assert.not(fits(['… more', 4, '… more'], [1, 2, 3]));
  assert.not(fits([1], [1, 2]));
  assert.not(fits([1, 2], [1]));
});

test('a name takes what it meets first and is the same from then on', () => {
  const variables: Variables = new Map();
  assert.ok(fits({ a: '<x>', b: '<x>' }, { a: [1], b: [1] }, variables));
  assert.not(fits('<x>', [2], variables));
  assert.not(fits({ a: '<y>' }, {}, variables));
});

test('a place that did not fit leaves no names behind', () => {
  const variables: Variables = new Map();
  assert.ok(
    fits(
      ['… more', { id: '<id>', name: 'b' }],
      [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
      variables,
    ),
  );
  assert.is(variables.get('id'), 2);
});

test('names are filled in: whole values, and text within strings', () => {
  const variables: Variables = new Map<string, JsonValue>([
    ['x', 7],
    ['o', { a: 1 }],
  ]);
  assert.equal(fill({ id: '<x>', meta: ['<o>'], text: '<x>-TAMPERED' }, variables), {
    id: 7,
    meta: [{ a: 1 }],
    text: '7-TAMPERED',
  });
  assert.throws(() => fill('<unknown>', variables), /met before/);
});

test.run();
