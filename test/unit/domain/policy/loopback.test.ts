import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLoopback } from '../../../../src/domain/policy/loopback.ts';

const test = suite('loopback');

for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])
  test(`${host} is heard by this machine alone`, () => assert.ok(isLoopback(host)));

for (const host of [
  '0.0.0.0',
  '::',
  '',
  '10.0.0.1',
  'localhost.evil.com',
  '127.0.0.1.evil.com',
  '127.evil.com',
  '::2',
])
  test(`${JSON.stringify(host)} is not`, () => assert.not.ok(isLoopback(host)));

test.run();
