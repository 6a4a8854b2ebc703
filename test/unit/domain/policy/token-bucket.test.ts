import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fill, type TokenBucket, takeFrom, waitFor } from '../../../../src/domain/policy/token-bucket.ts';

const test = suite('token-bucket');

/** One a second. */
const limit = { perMinute: 60, burst: 3 };

test('a bucket is full at first', () => {
  assert.equal(fill(undefined, limit, 500), { tokens: 3, at: 500 });
});

test('a bucket fills with time, to the brim and no further', () => {
  const empty: TokenBucket = { tokens: 0, at: 1000 };
  assert.equal(fill(empty, limit, 1500), { tokens: 0.5, at: 1500 });
  assert.equal(fill(empty, limit, 61_000), { tokens: 3, at: 61_000 });
});

test('a bucket gives while there is a whole token, and else says when there will be', () => {
  assert.is(waitFor({ tokens: 1, at: 0 }, limit), 0);
  assert.is(waitFor({ tokens: 0.75, at: 0 }, limit), 250);
  assert.is(waitFor({ tokens: 0, at: 0 }, { perMinute: 7, burst: 1 }), 8572);
});

test('who waits as long as they were told gets one', () => {
  for (const perMinute of [1, 7, 59, 601, 100_000]) {
    const rate = { perMinute, burst: 1 };
    const waitMs = waitFor({ tokens: 0, at: 0 }, rate);
    assert.is(waitFor(fill({ tokens: 0, at: 0 }, rate, waitMs), rate), 0, String(perMinute));
  }
});

test('a bucket takes some, and takes them back, but holds no more than it can', () => {
  assert.equal(takeFrom({ tokens: 2.5, at: 7 }, limit, 1), { tokens: 1.5, at: 7 });
  assert.equal(takeFrom({ tokens: 2.5, at: 7 }, limit, 2), { tokens: 0.5, at: 7 });
  assert.equal(takeFrom({ tokens: 1.5, at: 7 }, limit, -1), { tokens: 2.5, at: 7 });
  assert.equal(takeFrom({ tokens: 2.5, at: 7 }, limit, -1), { tokens: 3, at: 7 });
});

test.run();
