import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rankServices, type Signal } from '../../../../src/domain/telemetry/service-ranking.ts';

const test = suite('service ranking');

const signal = (service: string, name: string, ratio: number, more: Partial<Signal> = {}): Signal => ({
  service,
  name,
  ratio,
  strength: ratio >= 2 ? 'confirmed' : 'weak',
  ...more,
});

test('services come by their largest signal, with all signals from the strongest on', () => {
  const ranked = rankServices([
    signal('web', 'latency', 3, { onset: 50 }),
    signal('orders', 'cpu', 4, { onset: 30 }),
    signal('orders', 'errors', 9, { onset: 40 }),
    signal('orders', 'log "pool exhausted"', 1.5, { onset: 10 }),
    signal('cache', 'misses', 1.2),
  ]);
  assert.equal(ranked, [
    {
      service: 'orders',
      score: 9,
      strength: 'confirmed',
      onset: 30,
      signals: ['errors', 'cpu', 'log "pool exhausted"'],
    },
    { service: 'web', score: 3, strength: 'confirmed', onset: 50, signals: ['latency'] },
    { service: 'cache', score: 1.2, strength: 'weak', signals: ['misses'] },
  ]);
});

test('what calls hand on is told but ranks no service', () => {
  const ranked = rankServices([
    signal('web', 'latency', 30, { isHandedOn: true }),
    signal('orders', 'latency', 20, { isHandedOn: true }),
    signal('orders', 'own time', 5),
  ]);
  assert.equal(ranked, [
    { service: 'orders', score: 5, strength: 'confirmed', signals: ['latency', 'own time'] },
  ]);
});

for (const [what, a, b] of [
  ['the next signal', [signal('b', 'x', 5), signal('b', 'y', 3)], [signal('a', 'x', 5), signal('a', 'y', 2)]],
  ['more signals', [signal('b', 'x', 5), signal('b', 'y', 3)], [signal('a', 'x', 5)]],
  ['strength', [signal('b', 'x', 5)], [signal('a', 'x', 5, { strength: 'weak' })]],
  ['the earlier onset', [signal('b', 'x', 5, { onset: 1 })], [signal('a', 'x', 5, { onset: 2 })]],
  ['an onset', [signal('b', 'x', 5, { onset: 1 })], [signal('a', 'x', 5)]],
  ['the name', [signal('a', 'x', 5)], [signal('b', 'x', 5)]],
] as const)
  test(`of equal services ${what} decides`, () => {
    const first = a[0]?.service;
    assert.is(rankServices([...a, ...b])[0]?.service, first);
    assert.is(rankServices([...b, ...a])[0]?.service, first);
  });

test('the order of the signals does not matter', () => {
  const one = fc.record({
    service: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('x', 'y', 'z'),
    ratio: fc.integer({ min: 1, max: 5 }),
    strength: fc.constantFrom('confirmed' as const, 'weak' as const),
    onset: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
    isHandedOn: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one), (signals) => {
      const ranked = rankServices(signals);
      assert.equal(rankServices(signals.toReversed()), ranked);
      assert.equal(
        ranked.map(({ score }) => score),
        ranked.map(({ score }) => score).toSorted((a, b) => b - a),
      );
      const voting = new Set(signals.filter(({ isHandedOn }) => !isHandedOn).map(({ service }) => service));
      assert.equal(ranked.map(({ service }) => service).sort(), [...voting].sort());
    }),
  );
});

test.run();
