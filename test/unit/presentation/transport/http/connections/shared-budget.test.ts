import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SharedBudget } from '../../../../../../src/presentation/transport/http/connections/shared-budget.ts';
import { UnsentBytes } from '../../../../../../src/presentation/transport/http/sending/unsent-bytes.ts';

const test = suite('shared-budget');

/** Things given in this order, as `owner/thing`, of 60 for each owner and 100 for all; and who has to go for it. */
const cases: readonly {
  readonly what: string;
  readonly given: readonly (readonly [spender: string, bytes: number])[];
  readonly cut: readonly string[];
}[] = [
  {
    what: 'a budget that is spent and no more',
    given: [
      ['ada/1', 60],
      ['bob/1', 40],
    ],
    cut: [],
  },
  {
    what: 'one who has more than there is for each',
    given: [['ada/1', 61]],
    cut: ['ada/1'],
  },
  {
    what: 'several of one owner that have more than there is for each',
    given: [
      ['ada/1', 30],
      ['ada/2', 20],
      ['ada/3', 20],
    ],
    cut: ['ada/1'],
  },
  {
    what: 'several owners that have more than there is in all: the largest owner gives way',
    given: [
      ['ada/1', 30],
      ['ada/2', 29],
      ['bob/1', 31],
      ['cyd/1', 20],
    ],
    cut: ['ada/1'],
  },
  {
    what: 'a newcomer that takes most',
    given: [
      ['ada/1', 30],
      ['bob/1', 30],
      ['cyd/1', 55],
    ],
    cut: ['cyd/1'],
  },
  {
    what: 'many small ones of one owner and a large one of another',
    given: [...Array.from({ length: 55 }, (_, at) => [`ada/${at}`, 1] as const), ['bob/1', 46]],
    cut: ['ada/0'],
  },
  {
    what: 'one that has had much for long and one that has only now got somewhat more, of one owner',
    given: [
      ['ada/small', 2],
      ['ada/old', 28],
      ['ada/new', 31],
    ],
    cut: ['ada/old'],
  },
  {
    what: 'one that was sent what it had waiting',
    given: [
      ['ada/1', 60],
      ['ada/1', -60],
      ['ada/2', 60],
    ],
    cut: [],
  },
];

for (const { what, given, cut: expected } of cases) {
  test(`the budget cuts ${expected.join(', ') || 'nobody'} off: ${what}`, () => {
    const budget = new SharedBudget({ each: 60, total: 100 });
    const cut: string[] = [];
    const spenders = new Map<string, UnsentBytes>();
    for (const [name, bytes] of given) {
      const owner = name.split('/', 1)[0] as string;
      const spender = spenders.get(name) ?? new UnsentBytes(budget, owner, () => cut.push(name));
      spenders.set(name, spender);
      if (bytes > 0) spender.add(bytes);
      else spender.remove(-bytes);
    }
    assert.equal(cut, expected);
  });
}

test('the budget counts nothing of a connection that is closed', () => {
  const budget = new SharedBudget({ total: 100 });
  const closed = new UnsentBytes(budget, 'ada', () => undefined);
  closed.add(90);
  closed.close();
  closed.remove(90);
  closed.add(90);
  closed.close();
  assert.is(closed.size, 0);
  const other = new UnsentBytes(budget, 'bob', () => assert.unreachable());
  other.add(100);
  assert.is(other.size, 100);
});

test.run();
