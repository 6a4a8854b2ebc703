import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { describeIssues } from '../../../../src/application/tools/describe-issues.ts';

const test = suite('describe-issues');

const schema = v.strictObject({
  name: v.string(),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  mode: v.optional(v.picklist(['fast', 'slow'])),
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
  return issues ? describeIssues('tool', issues) : 'it fits';
};

for (const [args, problem] of [
  [{}, '"name" is required'],
  [{ name: 5 }, '"name": expected string, got 5'],
  [{ name: null }, '"name": expected string, got null'],
  [{ name: ['a'] }, '"name": expected string, got Array'],
  [{ name: 'x', count: 'two' }, '"count": expected number, got "two"'],
  [{ name: 'x', count: 0 }, '"count": expected >=1, got 0'],
  [{ name: 'x', mode: 'loud' }, '"mode": expected ("fast" | "slow"), got "loud"'],
  [{ name: 'x', extra: 1 }, '"extra" is no argument of this tool'],
  [{ name: 'x', list: [{ id: 1 }, { id: 'x' }] }, '"list.1.id": expected number, got "x"'],
  [{ name: 'x', list: [{}] }, '"list.0.id" is required'],
  [{ name: 'x', odd: 2 }, '"odd": Expected an odd number'],
  [
    { count: 'x', mode: 'y' },
    '"name" is required; "count": expected number, got "x"; "mode": expected ("fast" | "slow"), got "y"',
  ],
] as const) {
  test(`says of ${JSON.stringify(args)}: ${problem}`, () => {
    assert.is(described(args), `The arguments of "tool" don't fit: ${problem}`);
  });
}

test('says of the arguments as a whole what their schema says', () => {
  const either = v.pipe(
    v.strictObject({ a: v.optional(v.string()), b: v.optional(v.string()) }),
    v.check(({ a, b }) => a !== undefined || b !== undefined, 'give "a" or "b"'),
  );
  const { issues } = v.safeParse(either, {});
  assert.is(describeIssues('tool', issues ?? []), 'The arguments of "tool" don\'t fit: give "a" or "b"');
});

test('names eight problems and counts the rest', () => {
  const text = described({ name: 'x', list: Array.from({ length: 20 }, () => ({ id: 'x' })) });
  assert.is(text.split(';').length, 9);
  assert.match(text, /; and 12 more$/);
});

test('shows of a long value or key no more than its beginning', () => {
  assert.match(described({ name: 'x', count: 'y'.repeat(1000) }), /got "y{79}…$/);
  const long = described({ name: 'x', ['k'.repeat(1000)]: 1 });
  assert.match(long, /"k{80}…" is no argument/);
});

test.run();
