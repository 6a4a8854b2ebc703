import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject, JsonValue } from '../../../../src/domain/shared/json.ts';
import {
  type AnswerParts,
  answerRoom,
  fitAnswer,
  type Section,
} from '../../../../src/domain/telemetry/answer-budget.ts';

const test = suite('answer budget');

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const noteOf = (answer: JsonObject) => (answer['note'] as string | undefined) ?? '';
const listOf = (answer: JsonObject, { name, columns }: Section) =>
  (columns ? (answer[name] as JsonObject)['rows'] : answer[name]) as readonly JsonValue[];

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.constantFrom('x'.repeat(301), '漢'.repeat(400), '"'.repeat(500), 'y'.repeat(20_000)),
);
const item = fc.oneof(
  fc.record({ name: text, values: fc.array(fc.integer(), { maxLength: 30 }) }),
  fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), { maxLength: 6 }),
  fc.dictionary(fc.string({ maxLength: 10 }), text, { maxKeys: 8 }),
);

const section = (name: string): fc.Arbitrary<Section> =>
  fc
    .record({
      items: fc.array(item, { maxLength: 60 }),
      hasBrief: fc.boolean(),
      isTable: fc.boolean(),
      others: fc.nat({ max: 500 }),
      weight: fc.constantFrom(1, 2, 5),
      more: fc.constantFrom(undefined, 'raise "limit" or narrow the range'),
    })
    .map(({ items, hasBrief, isTable, others, weight, more }) => ({
      name,
      items,
      weight,
      total: items.length + others,
      ...(hasBrief && { brief: { items: items.map((_, at) => ({ at })), without: 'points' } }),
      ...(isTable && { columns: ['a', 'b'] }),
      ...(more !== undefined && { more }),
    }));

const parts: fc.Arbitrary<AnswerParts> = fc.record({
  head: fc.constant({ range: { from: '2026-01-31T13:00:00Z', to: '2026-01-31T14:00:00Z' }, exact: true }),
  notes: fc.constantFrom([], ['Rates are of spans that are stored.']),
  sections: fc.tuple(section('metrics'), section('logs'), section('traces')),
  tail: fc.constant({ next: [{ tool: 'get_trace', arguments: { trace_id: 'f'.repeat(32) } }] }),
});
const bytes = fc.integer({ min: 1500, max: 20_000 });

test('no answer takes more bytes than it may, with its cursor', () => {
  fc.assert(
    fc.property(parts, bytes, fc.constantFrom(0, 300), (given, most, longest) => {
      const { answer, withCursor } = fitAnswer(given, most, longest);
      const last = longest > 0 ? withCursor('c'.repeat(longest)) : answer;
      assert.ok(bytesOf(last) <= most, `${bytesOf(last)} of ${most}`);
    }),
    { numRuns: 500 },
  );
});

test('the note and the cursor come before the sections', () => {
  const { withCursor } = fitAnswer(
    { head: { exact: true }, notes: ['A.'], sections: [{ name: 'a', items: [1] }], tail: { next: [] } },
    1000,
    20,
  );
  assert.equal(Object.keys(withCursor('c')), ['exact', 'note', 'next_cursor', 'a', 'next']);
});

test('every item that is missing is told, with the way to get it', () => {
  fc.assert(
    fc.property(parts, bytes, (given, most) => {
      const { answer, kept } = fitAnswer(given, most);
      for (const one of given.sections) {
        const shown = listOf(answer, one).length;
        assert.is(kept[one.name], shown);
        const said = noteOf(answer).includes(`${one.name}: `);
        const isBrief = listOf(answer, one).some(
          (each, at) => one.brief && JSON.stringify(each) === JSON.stringify(one.brief.items[at]),
        );
        assert.is(
          said,
          shown < (one.total ?? 0) || isBrief,
          `${one.name} ${shown} ${isBrief} ${one.total} ${noteOf(answer)}`,
        );
        if (shown < (one.total ?? 0))
          assert.ok(noteOf(answer).includes(`${one.name}: the first ${shown} of ${one.total}`));
        if (said && one.more !== undefined) assert.ok(noteOf(answer).includes(one.more));
      }
    }),
    { numRuns: 500 },
  );
});

test('every text that is cut says so in its place, and the note counts those that are shown', () => {
  fc.assert(
    fc.property(parts, bytes, (given, most) => {
      const { answer } = fitAnswer(given, most);
      const [, count = '0'] = /Long texts cut: (\d+)/.exec(noteOf(answer)) ?? [];
      const marks = JSON.stringify(answer).match(/… \(\d+ characters\)/g) ?? [];
      assert.ok(
        Number(count) <= marks.length + 60 && Number(count) > 0 === marks.length > 0,
        `${count} ${marks.length}`,
      );
    }),
    { numRuns: 300 },
  );
});

test('items stay in their order, details are those of the first, and nothing but the end is left out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 300 }), bytes, (numbers, most) => {
      const items = numbers.map((number) => ({ number, points: 'p'.repeat(100) }));
      const one = {
        name: 'series',
        items,
        brief: { items: numbers.map((number) => ({ number })), without: 'points' },
      };
      const { answer } = fitAnswer({ head: {}, sections: [one] }, most);
      const shown = answer['series'] as { number: number; points?: string }[];
      assert.equal(
        shown.map(({ number }) => number),
        numbers.slice(0, shown.length),
      );
      const details = shown.findIndex(({ points }) => points === undefined);
      if (details === -1) return;
      assert.ok(shown.slice(details).every(({ points }) => points === undefined));
      assert.ok(noteOf(answer).includes(`points of the first ${details}`));
    }),
  );
});

test('what fits is whole, without a note', () => {
  const whole = {
    head: { exact: true },
    sections: [{ name: 'names', items: ['a', 'b'] }],
    tail: { next: [] },
  };
  const { answer, kept } = fitAnswer(whole, 1000);
  assert.equal([answer, kept], [{ exact: true, names: ['a', 'b'], next: [] }, { names: 2 }]);
});

test('the room that an answer leaves is used: one that is cut is nearly as long as it may be', () => {
  const items = Array.from({ length: 500 }, (_, at) => ({ at, text: 'x'.repeat(40) }));
  const { answer } = fitAnswer(
    {
      head: {},
      sections: [
        { name: 'a', items },
        { name: 'b', items: [1] },
      ],
    },
    8192,
  );
  assert.ok(bytesOf(answer) > 8192 - 300, `${bytesOf(answer)}`);
});

test('room is divided by weight, and what one section leaves goes to the others', () => {
  const items = Array.from({ length: 500 }, (_, at) => `item ${String(at).padStart(4, '0')}`);
  const shown = (sections: readonly Section[]) => fitAnswer({ head: {}, sections }, 4000).kept;
  const even = shown([
    { name: 'a', items },
    { name: 'b', items },
  ]);
  assert.ok(Math.abs((even['a'] ?? 0) - (even['b'] ?? 0)) <= 1);
  const weighted = shown([
    { name: 'a', items, weight: 3 },
    { name: 'b', items },
  ]);
  assert.ok(Math.abs((weighted['a'] ?? 0) / (weighted['b'] ?? 1) - 3) < 0.2);
  const few = shown([
    { name: 'a', items },
    { name: 'b', items: items.slice(0, 3) },
  ]);
  assert.is(few['b'], 3);
  assert.ok((few['a'] ?? 0) > 2 * (even['a'] ?? 0) - 10);
});

test('what several sections leave over together is enough for one more', () => {
  const items = Array.from({ length: 5 }, () => ['x'.repeat(280), 'y'.repeat(280), 'z'.repeat(280)]);
  const sections = ['a', 'b', 'c'].map((name) => ({ name, items }));
  assert.equal(fitAnswer({ head: {}, sections }, 4000).kept, { a: 2, b: 1, c: 1 });
});

test('a section of large items has one before the others have all of theirs', () => {
  const small = Array.from({ length: 500 }, (_, at) => at);
  const large = Array.from({ length: 5 }, () => ['x'.repeat(200), 'y'.repeat(200)]);
  const sections = [
    { name: 'small', items: small, weight: 9 },
    { name: 'large', items: large },
  ];
  assert.ok((fitAnswer({ head: {}, sections }, 2000).kept['large'] ?? 0) >= 1);
});

test('an item that would take most of an answer is bounded, so that no page is empty', () => {
  const attributes = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`name${at}`, 'v'.repeat(200)]),
  );
  const { answer, kept } = fitAnswer(
    { head: {}, sections: [{ name: 'spans', items: [{ attributes }, 'next'] }] },
    4096,
  );
  assert.equal(kept, { spans: 2 });
  assert.match(JSON.stringify(answer['spans']), /more/);
  assert.match(noteOf(answer), /Long texts cut: 1/);
});

test('a hundred thousand items are not measured all', () => {
  let read = 0;
  const items = new Proxy(new Array(100_000).fill('x'.repeat(100)), {
    get: (target, name, receiver) => {
      read += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  fitAnswer({ head: {}, sections: [{ name: 'lines', items }] }, 8192);
  assert.ok(read < 1000, `${read}`);
});

test('an answer aims at 8 KiB, and takes what it may where the call asks for more', () => {
  assert.equal(
    [answerRoom(16_384, false), answerRoom(16_384, true), answerRoom(4096, false)],
    [8192, 16_384, 4096],
  );
});

test.run();
