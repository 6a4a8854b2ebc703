import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Span } from '../../../../src/domain/telemetry/span.ts';
import { type SpanNode, spanTree, withDescendants } from '../../../../src/domain/telemetry/span-tree.ts';
import { anyTrace, madeChild, madeSpan } from '../../../support/made-spans.ts';

const test = suite('span tree');

const outline = ({ span, startMs, endMs, children }: SpanNode): string =>
  `${span.spanId} ${startMs}-${endMs}${children.length > 0 ? ` (${children.map(outline).join(', ')})` : ''}`;

const none = { duplicates: 0, orphans: 0, circles: 0, skewed: 0 };
const client: Partial<Span> = { kind: 'client' };
const server: Partial<Span> = { kind: 'server', service: 'cart' };

const trees: readonly [
  kind: string,
  spans: readonly Span[],
  roots: readonly string[],
  flaws: Partial<typeof none>,
][] = [
  [
    'spans in any order',
    [madeChild('c', 'b', [20, 30]), madeChild('b', 'a', [10, 90]), madeSpan({ spanId: 'a' })],
    ['a 0-100 (b 10-90 (c 20-30))'],
    {},
  ],
  [
    'siblings',
    [madeSpan({ spanId: 'a' }), madeChild('c', 'a', [50, 60]), madeChild('b', 'a', [10, 20])],
    ['a 0-100 (b 10-20, c 50-60)'],
    {},
  ],
  [
    'an id that comes twice',
    [madeSpan({ spanId: 'a' }), madeSpan({ spanId: 'a', startMs: 7 })],
    ['a 0-100'],
    { duplicates: 1 },
  ],
  [
    'a missing parent, behind the beginning of the trace although it is longer',
    [madeChild('b', 'gone', [0, 500]), madeSpan({ spanId: 'a' })],
    ['a 0-100', 'b 0-500'],
    { orphans: 1 },
  ],
  [
    'several roots',
    [madeSpan({ spanId: 'a', durationMs: 5 }), madeSpan({ spanId: 'b' })],
    ['b 0-100', 'a 0-5'],
    {},
  ],
  ['its own parent', [madeChild('a', 'a', [0, 10])], ['a 0-10'], { circles: 1 }],
  [
    'a circle, and what hangs on it',
    [
      madeChild('d', 'c', [0, 1]),
      madeChild('c', 'b', [8, 9]),
      madeChild('a', 'c', [5, 20]),
      madeChild('b', 'a', [6, 19]),
    ],
    ['a 5-20 (b 6-19 (c 8-9 (d 0-1)))'],
    { circles: 1 },
  ],
  [
    'durations that are none',
    [madeSpan({ spanId: 'a', durationMs: -5 }), madeChild('b', 'a', [0, Number.NaN])],
    ['a 0-0 (b 0-0)'],
    {},
  ],
  [
    'a remote clock that is ahead',
    [
      madeSpan({ spanId: 'a', ...client }),
      madeChild('b', 'a', [1000, 1060], server),
      madeChild('c', 'b', [1010, 1020], { service: 'cart' }),
    ],
    ['a 0-100 (b 20-80 (c 30-40))'],
    { skewed: 1 },
  ],
  [
    'a chain of clocks',
    [
      madeSpan({ spanId: 'a', ...client }),
      madeChild('b', 'a', [1000, 1060], server),
      madeChild('c', 'b', [1010, 1050], { service: 'cart', kind: 'client' }),
      madeChild('d', 'c', [500, 520], { service: 'stock', kind: 'server' }),
    ],
    ['a 0-100 (b 20-80 (c 30-70 (d 40-60)))'],
    { skewed: 2 },
  ],
  [
    'a remote clock that differs by less than a millisecond',
    [madeSpan({ spanId: 'a', ...client }), madeChild('b', 'a', [50, 100.5], server)],
    ['a 0-100 (b 50-100.5)'],
    {},
  ],
  [
    'a remote call that is longer than its client: no clock makes that fit',
    [madeSpan({ spanId: 'a', ...client }), madeChild('b', 'a', [0, 300], server)],
    ['a 0-100 (b 0-300)'],
    {},
  ],
  [
    'a message that is taken later',
    [
      madeSpan({ spanId: 'a', kind: 'producer' }),
      madeChild('b', 'a', [1000, 1060], { service: 'cart', kind: 'consumer' }),
    ],
    ['a 0-100 (b 1000-1060)'],
    {},
  ],
];

for (const [kind, spans, roots, flaws] of trees)
  test(`${kind}: the tree is ${roots.join(' and ')}`, () => {
    const tree = spanTree(spans);
    assert.equal(tree.roots.map(outline), roots);
    assert.equal(tree.flaws, { ...none, ...flaws });
  });

test('every span that is not twice is in one tree, once', () => {
  fc.assert(
    fc.property(anyTrace, (spans) => {
      const { roots, spans: count, flaws } = spanTree(spans);
      const ids = roots.flatMap(withDescendants).map(({ span }) => span.spanId);
      assert.equal(ids.toSorted(), [...new Set(spans.map(({ spanId }) => spanId))].sort());
      assert.equal([count, flaws.duplicates], [ids.length, spans.length - ids.length]);
    }),
    { numRuns: 500 },
  );
});

test('a chain of many spans is no deeper than the stack can take', () => {
  const chain = Array.from({ length: 50_000 }, (_, at) => madeChild(`${at}`, `${at - 1}`, [at, 50_000]));
  assert.is(withDescendants(spanTree(chain).roots[0] as SpanNode).length, 50_000);
});

test.run();
