import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../../../src/domain/telemetry/log-record.ts';
import { logChanges } from '../../../../src/domain/telemetry/pattern-changes.ts';
import { madeLine } from '../../../support/made-line.ts';

const test = suite('pattern changes');

/** So many lines of a service, each at another time. */
const lines = (count: number, body: string, rest: Partial<LogRecord> = {}) =>
  Array.from({ length: count }, (_, at) => madeLine({ body: `${body} ${at}`, timeMs: at * 60_000, ...rest }));

/** So many spans of a service, with these lines each, a millisecond after one another. */
const spans = (count: number, trace: string, bodies: readonly string[], rest: Partial<LogRecord> = {}) =>
  Array.from({ length: count }, (_, at) =>
    bodies.map((body, line) =>
      madeLine({
        body,
        timeMs: at * 1000 + line,
        traceId: `${trace}${at}`,
        spanId: `${trace}${at}`,
        ...rest,
      }),
    ),
  ).flat();

test('patterns are new, surging, fading and vanished by their share in the service', () => {
  const { patterns } = logChanges(
    [...lines(50, 'order taken'), ...lines(10, 'stock is low'), ...lines(40, 'cache warmed')],
    [...lines(50, 'order taken'), ...lines(90, 'stock is low'), ...lines(60, 'pool exhausted')],
  );
  const kinds = Object.fromEntries(patterns.map(({ pattern, kind }) => [pattern, kind]));
  assert.equal(kinds, {
    'order taken <*>': 'fading',
    'stock is low <*>': 'surging',
    'pool exhausted <*>': 'new',
    'cache warmed <*>': 'vanished',
  });
  assert.ok(patterns.every(({ score }, at) => score <= (patterns[at - 1]?.score ?? score)));
  const vanished = patterns.find(({ kind }) => kind === 'vanished');
  assert.is(vanished?.sample.body, 'cache warmed 0');
  assert.equal(vanished?.before, { count: 40, of: 100 });
});

test('a service that logs more of everything has not changed', () => {
  const { scores, patterns } = logChanges(
    [...lines(40, 'order taken'), ...lines(10, 'stock is low'), ...lines(50, 'quiet', { service: 'cart' })],
    [...lines(400, 'order taken'), ...lines(100, 'stock is low'), ...lines(50, 'quiet', { service: 'cart' })],
  );
  assert.equal([scores.size, patterns.length], [0, 0]);
});

test('an early return is found by what follows what, though each line is as frequent as its requests', () => {
  const usual = ['find contact', 'ask database', 'contact found'];
  const { transitions, scores, placebo } = logChanges(
    [...spans(20, 'a', usual, { service: 'contacts' }), ...spans(20, 'b', ['list routes', 'routes listed'])],
    [
      ...spans(20, 'c', ['find contact', 'none there'], { service: 'contacts' }),
      ...spans(60, 'd', ['list routes', 'routes listed']),
    ],
  );
  const [first] = transitions;
  assert.equal(
    [first?.service, first?.from, first?.to, first?.kind, first?.sample.body],
    ['contacts', 'find contact', 'none there', 'new', 'none there'],
  );
  assert.equal(
    [first?.before, first?.after],
    [
      { count: 0, of: 20 },
      { count: 20, of: 20 },
    ],
  );
  assert.equal([...scores.keys()], ['contacts']);
  assert.is(placebo, 0);
});

test('a span that ends early is told with its last line', () => {
  const { transitions } = logChanges(
    spans(20, 'a', ['find contact', 'contact found']),
    spans(20, 'b', ['find contact']),
  );
  assert.equal(
    transitions.map(({ from, to, kind, sample }) => [from, to, kind, sample.body]),
    [['find contact', undefined, 'new', 'find contact']],
  );
});

test('the lines of a span are ordered by their time, whatever order they come in', () => {
  const usual = ['find contact', 'ask database', 'contact found'];
  const { transitions } = logChanges(spans(20, 'a', usual), spans(20, 'b', usual).reverse());
  assert.equal(transitions, []);
});

test('in spans the mixture of requests does not count, beside them every pattern does', () => {
  const start = ['request taken', 'request routed'];
  const { scores, patterns } = logChanges(
    [...spans(20, 'a', start), ...spans(20, 'b', [...start, 'cache missed'])],
    [...spans(20, 'c', start), ...spans(20, 'd', [...start, 'cache missed']), ...lines(5, 'out of memory')],
  );
  const [found] = patterns;
  assert.equal([found?.pattern, [...scores]], ['out of memory <*>', [['web', found?.score]]]);
});

test('the severity of a line counts in what follows what', () => {
  const line = (severity: string, at: number) =>
    madeLine({ body: 'payment of 5 EUR done', severity, traceId: `t${at}`, spanId: `t${at}` });
  const before = Array.from({ length: 20 }, (_, at) => line('INFO', at));
  const after = Array.from({ length: 20 }, (_, at) => line('ERROR', 100 + at));
  assert.is(logChanges(before, after).transitions[0]?.sample.severity, 'ERROR');
});

test('what halves of normal time differ in is the placebo', () => {
  const bursts = Array.from({ length: 20 }, (_, at) =>
    lines(5, at % 2 === 0 ? 'order taken' : 'stock is low', { traceId: `t${at}`, timeMs: at * 1000 }),
  ).flat();
  const { placebo } = logChanges(bursts, bursts);
  assert.ok(placebo > 100, `${placebo}`);
});

test('without lines before there is nothing to compare with', () => {
  const { patterns, transitions, placebo } = logChanges([], lines(5, 'order taken'));
  assert.equal([patterns, transitions, placebo], [[], [], 0]);
});

test.run();
