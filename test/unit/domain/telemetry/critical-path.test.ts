import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { criticalPath, selfTimes } from '../../../../src/domain/telemetry/critical-path.ts';
import type { Span } from '../../../../src/domain/telemetry/span.ts';
import { durationOf, spanTree } from '../../../../src/domain/telemetry/span-tree.ts';
import { anyTrace, madeChild, madeRoot, madeSpan } from '../../../support/made-spans.ts';

const test = suite('critical path');

const root = madeSpan({ spanId: 'root' });
const cart: Partial<Span> = { service: 'cart', kind: 'server' };

const paths: readonly [kind: string, spans: readonly Span[], path: string][] = [
  ['a root alone is all of it', [root], 'root 0-100'],
  [
    'children one after the other take their time',
    [root, madeChild('a', 'root', [10, 30]), madeChild('b', 'root', [40, 90])],
    'root 0-10, a 10-30, root 30-40, b 40-90, root 90-100',
  ],
  [
    'of parallel children the last to finish counts',
    [root, madeChild('a', 'root', [10, 70]), madeChild('b', 'root', [10, 80])],
    'root 0-10, b 10-80, root 80-100',
  ],
  [
    'a child that overlaps counts up to where the next begins',
    [root, madeChild('a', 'root', [10, 60]), madeChild('b', 'root', [50, 100])],
    'root 0-10, a 10-50, b 50-100',
  ],
  [
    'the path goes down',
    [root, madeChild('a', 'root', [10, 90]), madeChild('b', 'a', [20, 80]), madeChild('c', 'b', [20, 80])],
    'root 0-10, a 10-20, c 20-80, a 80-90, root 90-100',
  ],
  [
    'a child that takes a message was not waited for',
    [root, madeChild('a', 'root', [10, 90], { service: 'cart', kind: 'consumer' })],
    'root 0-100',
  ],
  [
    'a child that outlives its parent was not waited for',
    [root, madeChild('a', 'root', [10, 150])],
    'root 0-100',
  ],
  [
    'a child that begins after its parent was not waited for',
    [root, madeChild('a', 'root', [100, 150])],
    'root 0-100',
  ],
  [
    'a child that seems to outlive its parent by rounding is clipped',
    [root, madeChild('a', 'root', [10, 100.5])],
    'root 0-10, a 10-100',
  ],
  [
    'a child that begins before its parent is clipped',
    [root, madeChild('a', 'root', [10, 90]), madeChild('b', 'a', [5, 20])],
    'root 0-10, b 10-20, a 20-90, root 90-100',
  ],
  [
    'the gap between a client and its remote child is the callee’s',
    [
      root,
      madeChild('call', 'root', [10, 90], { kind: 'client' }),
      madeChild('serve', 'call', [40, 50], cart),
    ],
    'root 0-10, serve 10-40, serve 40-50, serve 50-90, root 90-100',
  ],
  [
    'a client without a remote child keeps its time',
    [root, madeChild('call', 'root', [10, 90], { kind: 'client' }), madeChild('dns', 'call', [10, 20])],
    'root 0-10, dns 10-20, call 20-90, root 90-100',
  ],
  [
    'a remote child that its client gave up counts until then',
    [
      root,
      madeChild('call', 'root', [10, 90], { kind: 'client' }),
      madeChild('serve', 'call', [10, 400], cart),
    ],
    'root 0-10, serve 10-90, root 90-100',
  ],
];

for (const [rule, spans, path] of paths)
  test(rule, () => {
    const segments = criticalPath(madeRoot(...spans));
    assert.is(
      segments.map(({ credited, fromMs, toMs }) => `${credited.spanId} ${fromMs}-${toMs}`).join(', '),
      path,
    );
  });

test('the path has no gaps, and sums to the duration of its root', () => {
  fc.assert(
    fc.property(anyTrace, (spans) => {
      for (const root of spanTree(spans).roots) {
        const path = criticalPath(root);
        let at = root.startMs;
        for (const { fromMs, toMs } of path) {
          assert.is(fromMs, at);
          assert.ok(toMs > fromMs);
          at = toMs;
        }
        assert.is(at, root.endMs);
        const sum = selfTimes(path).reduce((total, { ms }) => total + ms, 0);
        assert.ok(Math.abs(sum - durationOf(root)) < 1e-6, `${sum} instead of ${durationOf(root)}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('self times are summed by service and span name, most first', () => {
  const path = criticalPath(
    madeRoot(
      root,
      madeChild('a', 'root', [0, 20], { name: 'SELECT' }),
      madeChild('b', 'root', [20, 90], { name: 'SELECT' }),
    ),
  );
  assert.equal(selfTimes(path), [
    { service: 'web', name: 'SELECT', ms: 90 },
    { service: 'web', name: 'root', ms: 10 },
  ]);
});

test('a chain of many spans is no deeper than the stack can take', () => {
  const chain = Array.from({ length: 20_000 }, (_, at) => madeChild(`${at}`, `${at - 1}`, [at, 50_000]));
  assert.is(criticalPath(madeRoot(...chain)).length, 20_000);
});

test.run();
