import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serviceRequests } from '../../../../src/domain/telemetry/service-requests.ts';
import type { Span } from '../../../../src/domain/telemetry/span.ts';
import { madeChild, madeSpan } from '../../../support/made-spans.ts';

const test = suite('service requests');

const buckets = { from: 1000, step: 100, count: 3 };
const whole = (...spans: readonly Span[]) => [{ from: 1000, to: 1300, spans }];

test('requests, failures and durations are counted where they begin', () => {
  const found = serviceRequests(
    whole(
      madeSpan({ spanId: 'a', startMs: 1000, durationMs: 250 }),
      madeSpan({ spanId: 'b', startMs: 1099, durationMs: 7, status: 'error' }),
      madeSpan({ spanId: 'c', startMs: 1200, durationMs: 9 }),
      madeSpan({ spanId: 'd', startMs: 1300, durationMs: 9 }),
    ),
    buckets,
  );
  assert.equal(
    [...found],
    [['web', { requests: [2, 0, 1], errors: [1, 0, 0], durations: [[250, 7], [], [9]] }]],
  );
});

const kinds: readonly [rule: string, spans: readonly Span[], requests: Record<string, number>][] = [
  ['a span without a parent is a request', [madeSpan({ spanId: 'a' })], { web: 1 }],
  [
    'a span within a request is none',
    [
      madeSpan({ spanId: 'a', kind: 'server' }),
      madeChild('b', 'a', [0, 1]),
      madeChild('c', 'a', [0, 1], { kind: 'client' }),
    ],
    { web: 1 },
  ],
  [
    'a span that serves is a request, its parent there or not',
    [
      madeChild('a', 'gone', [0, 1], { kind: 'server' }),
      madeChild('b', 'gone', [0, 1], { kind: 'consumer', service: 'mail' }),
    ],
    { web: 1, mail: 1 },
  ],
  [
    'a span that serves within its own service is a request only if that called it',
    [
      madeSpan({ spanId: 'a', kind: 'server' }),
      madeChild('b', 'a', [0, 1], { kind: 'server' }),
      madeChild('c', 'a', [0, 1], { kind: 'client' }),
      madeChild('d', 'c', [0, 1], { kind: 'server' }),
      madeChild('e', 'a', [0, 1], { kind: 'producer' }),
      madeChild('f', 'e', [0, 1], { kind: 'consumer' }),
    ],
    { web: 3 },
  ],
  [
    'a span of any kind below another service is a request',
    [madeSpan({ spanId: 'a' }), madeChild('b', 'a', [0, 1], { service: 'cart' })],
    { web: 1, cart: 1 },
  ],
  [
    'a span of another trace is no parent',
    [madeSpan({ spanId: 'a' }), madeChild('b', 'a', [0, 1], { service: 'cart', traceId: 'u' })],
    { web: 1 },
  ],
];

for (const [rule, spans, requests] of kinds)
  test(rule, () => {
    const found = serviceRequests([{ from: 0, to: 100, spans }], { from: 0, step: 100, count: 1 });
    assert.equal(
      Object.fromEntries(
        [...found].map(
          ([
            service,
            {
              requests: [count],
            },
          ]) => [service, count],
        ),
      ),
      requests,
    );
  });

test('a slice that covers a part of a bucket counts for the whole of it, and no slice for nothing known', () => {
  const spans = [1000, 1010, 1100].map((startMs) =>
    madeSpan({ spanId: `${startMs}`, startMs, status: 'error' }),
  );
  const [, found] = [...serviceRequests([{ from: 1000, to: 1125, spans }], buckets)][0] ?? [];
  assert.equal(
    [found?.requests, found?.errors],
    [
      [2, 4, null],
      [2, 4, null],
    ],
  );
});

test.run();
