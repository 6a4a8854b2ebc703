import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { statusOf } from '../../../../../src/presentation/protocol/http/status-of.ts';

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
  test(`${error ?? 'no error'}: ${status}`, () => {
    assert.is(statusOf(error), status);
  });
}

test.run();
