import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { legacyStatusOf, modernStatusOf } from '../../../../../src/presentation/protocol/http/status-of.ts';

const test = suite('status-of');

for (const [error, status] of [
  [undefined, 200],
  [-32601, 404],
  [-32020, 400],
  [-32021, 400],
  [-32022, 400],
  [-32602, 200],
  [-32603, 200],
] as const) {
  test(`a modern answer with ${error ?? 'no error'} has status ${status}`, () => {
    assert.is(modernStatusOf(error), status);
  });
}

for (const [error, status] of [
  [undefined, 200],
  [-32600, 400],
  [-32601, 200],
  [-32602, 200],
  [-32603, 200],
] as const) {
  test(`a legacy answer with ${error ?? 'no error'} has status ${status}`, () => {
    assert.is(legacyStatusOf(error), status);
  });
}

test.run();
