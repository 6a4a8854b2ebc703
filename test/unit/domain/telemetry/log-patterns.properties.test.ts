import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { maskWord } from '../../../../src/domain/telemetry/log-masks.ts';
import { findLogPatterns } from '../../../../src/domain/telemetry/log-patterns.ts';

const test = suite('log patterns, properties');

const anyWord = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.stringMatching(/^[-+<>.,:/_()%0-9a-fTZxms]{0,24}$/),
);
const anyLine = fc.array(anyWord, { maxLength: 12 }).map((words) => words.join(' '));

test('every line is counted in the pattern that it has, and equal lines have the same', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      const { patterns, patternOf } = findLogPatterns([...lines, ...lines]);
      assert.is(patternOf.length, 2 * lines.length);
      assert.equal(patternOf.slice(0, lines.length), patternOf.slice(lines.length));
      const counts = patterns.map((_, index) => patternOf.filter((of) => of === index).length);
      assert.equal(
        counts,
        patterns.map(({ count }) => count),
      );
      assert.equal(
        counts,
        counts.toSorted((a, b) => b - a),
      );
      for (const { text } of patterns) assert.ok(text.isWellFormed());
    }),
  );
});

test('masking keeps a word that has no digits, and all that is no number', () => {
  fc.assert(
    fc.property(anyWord, (word) => {
      const { text, isSize } = maskWord(word);
      if (!/\d/.test(word)) assert.is(text, word);
      // Kept parts stand in the word in the same order.
      let at = 0;
      for (const kept of isSize ? [text] : text.split('<*>')) {
        const found = word.indexOf(kept, at);
        assert.ok(found >= 0, `${JSON.stringify(kept)} is not in ${JSON.stringify(word)} behind ${at}`);
        at = found + kept.length;
      }
    }),
    { numRuns: 2000 },
  );
});

/** Messages of services, with what varies from line to line in braces. */
const templates = [
  'connected to {host} after {number} ms',
  'GET {path} answered {number} in {number} ms',
  'cache miss for key session:{hex}',
  'retrying payment {uuid} attempt {number} of 3',
  'connection pool exhausted: {number} waiting',
  'job {hex} done',
  'upstream {host} reset the connection',
  'order {number} of {name} shipped to its customer',
];
const values = {
  host: fc.tuple(fc.ipV4(), fc.nat(65_535)).map(([ip, port]) => `${ip}:${port}`),
  number: fc.nat(99_999).map(String),
  path: fc.nat(9999).map((id) => `/api/orders/${id}`),
  hex: fc.stringMatching(/^[0-9a-f]{4}[0-9][a-f][0-9a-f]{6}$/),
  uuid: fc.uuid(),
  name: fc.stringMatching(/^[a-z]{8}$/),
};

test('lines made from templates are grouped by them', () => {
  const filled = fc.record(values).chain((some) =>
    fc.nat(templates.length - 1).map((template) => ({
      template,
      line: (templates[template] as string).replace(/\{(\w+)\}/g, (_, key: keyof typeof some) => some[key]),
    })),
  );
  fc.assert(
    fc.property(fc.array(filled, { minLength: 400, maxLength: 400 }), (lines) => {
      const { patternOf } = findLogPatterns(lines.map(({ line }) => line));
      const groups = Map.groupBy(lines.keys(), (at) => lines[at]?.template);
      for (const group of groups.values()) assert.is(new Set(group.map((at) => patternOf[at])).size, 1);
      assert.is(new Set(patternOf).size, groups.size);
    }),
    { numRuns: 20 },
  );
});

test.run();
