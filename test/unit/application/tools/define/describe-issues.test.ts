import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { describeIssues } from '../../../../../src/application/tools/define/describe-issues.ts';

const test = suite('describe-issues');

const schema = v.strictObject({
  name: v.string(),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9))),
  seconds: v.optional(v.pipe(v.number(), v.maxValue(600, 'expected at most 600 seconds'))),
  mode: v.optional(v.picklist(['fast', 'slow'])),
  loud: v.optional(v.boolean()),
  list: v.optional(v.array(v.strictObject({ id: v.number() }))),
  odd: v.optional(
    v.pipe(
      v.number(),
      v.check((n) => n % 2 === 1, 'Expected an odd number'),
    ),
  ),
});

const described = (args: unknown): string => {
  const { issues } = v.safeParse(schema, args);
  return issues ? describeIssues('tool', issues, schema) : 'it fits';
};

for (const [args, problem] of [
  [{}, '"name" is required'],
  [{ name: 5 }, '"name": expected string, got 5'],
  [{ name: null }, '"name": expected string, got null'],
  [{ name: ['a'] }, '"name": expected string, got array'],
  [{ name: { a: 1 } }, '"name": expected string, got object'],
  [{ name: 'x', count: 'two' }, '"count": expected number, got "two"'],
  [{ name: 'x', count: 0 }, '"count": expected >=1, got 0'],
  [{ name: 'x', count: 10 }, '"count": expected <=9, got 10'],
  [{ name: 'x', count: 1.5 }, '"count": expected a whole number, got 1.5'],
  [{ name: 'x', seconds: 30000 }, '"seconds": expected at most 600 seconds, got 30000'],
  [{ name: 'x', mode: 'loud' }, '"mode": expected ("fast" | "slow"), got "loud"'],
  [{ name: 'x', mode: 'slwo' }, '"mode": expected ("fast" | "slow"), got "slwo"; did you mean "slow"?'],
  [{ name: 'x', mode: 'FAST' }, '"mode": expected ("fast" | "slow"), got "FAST"; did you mean "fast"?'],
  [{ name: 'x', mode: 1 }, '"mode": expected ("fast" | "slow"), got 1'],
  [{ name: 'x', loud: 'yes' }, '"loud": expected boolean, got "yes"'],
  [
    { name: 'x', extra: 1 },
    '"extra" is no argument of this tool (it takes name, count, seconds, mode, loud, list, odd)',
  ],
  [{ name: 'x', cuont: 1 }, '"cuont" is no argument of this tool; did you mean "count"?'],
  [{ name: 'x', listItems: 1 }, '"listItems" is no argument of this tool; did you mean "list"?'],
  [{ name: 'x', list: 'y' }, '"list": expected array, got "y"'],
  [{ name: 'x', list: ['y'] }, '"list.0": expected object, got "y"'],
  [{ name: 'x', list: [{ id: 1 }, { id: 'x' }] }, '"list.1.id": expected number, got "x"'],
  [{ name: 'x', list: [{ id: 1, ip: 2 }] }, '"list.0.ip" is no argument of this tool'],
  [{ name: 'x', list: [{}] }, '"list.0.id" is required'],
  [{ name: 'x', odd: 2 }, '"odd": Expected an odd number'],
  [
    { count: 'x', mode: 'y' },
    '"name" is required; "count": expected number, got "x"; "mode": expected ("fast" | "slow"), got "y"',
  ],
] as const) {
  test(`the description says of ${JSON.stringify(args)}: ${problem}`, () => {
    assert.is(described(args), `The arguments of "tool" don't fit: ${problem}`);
  });
}

test('the description says of the arguments as a whole what their schema says', () => {
  const either = v.pipe(
    v.strictObject({ a: v.optional(v.string()), b: v.optional(v.string()) }),
    v.check(({ a, b }) => a !== undefined || b !== undefined, 'give "a" or "b"'),
  );
  const { issues } = v.safeParse(either, {});
  assert.is(
    describeIssues('tool', issues ?? [], either),
    'The arguments of "tool" don\'t fit: give "a" or "b"',
  );
});

test('the description names eight problems and counts the rest', () => {
  const text = described({ name: 'x', list: Array.from({ length: 20 }, () => ({ id: 'x' })) });
  assert.is(text.split(';').length, 9);
  assert.match(text, /; and 12 more$/);
});

test('the description shows of a long value or key no more than its beginning', () => {
  assert.match(described({ name: 'x', count: 'y'.repeat(1000) }), /got "y{79}…$/);
  const long = described({ name: 'x', ['k'.repeat(1000)]: 1 });
  assert.match(long, /"k{80}…" is no argument/);
});

test.run();
