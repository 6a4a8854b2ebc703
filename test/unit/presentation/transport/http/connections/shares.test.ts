import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Shares } from '../../../../../../src/presentation/transport/http/connections/shares.ts';

const test = suite('shares');

interface Case {
  readonly what: string;
  /** The held places, oldest first: the owner's letter, a number, and since when it is idle, if it is: `a1@7`. */
  readonly held: string;
  /** The owner that wants one. */
  readonly newcomer: string;
  /** The one whose place they get, `none` where there is none, `free` where nobody has to go. */
  readonly place: string;
}

/** Of six. */
const cases: readonly Case[] = [
  { what: 'one more while there is room', held: 'a1 a2 a3 a4 a5', newcomer: 'a', place: 'free' },
  { what: 'one more of one’s own', held: 'a1 a2@9 a3@4 a4@5 a5 a6', newcomer: 'a', place: 'a3@4' },
  { what: 'one more of one’s own, all in use', held: 'a1 a2 a3 a4 a5 a6', newcomer: 'a', place: 'none' },
  { what: 'the first, where one has all', held: 'a1 a2 a3 a4 a5 a6', newcomer: 'b', place: 'a1' },
  {
    what: 'the first, where one has all and some are idle',
    held: 'a1 a2 a3@8 a4 a5@2 a6',
    newcomer: 'b',
    place: 'a5@2',
  },
  { what: 'one more, up to the same share', held: 'a1 a2 a3 a4 b1 b2', newcomer: 'b', place: 'a1' },
  {
    what: 'one more beyond the share: not of others',
    held: 'a1 a2 a3 b1 b2 b3@1',
    newcomer: 'a',
    place: 'none',
  },
  {
    what: 'one more beyond the share: of one’s own',
    held: 'a1@1 a2@5 a3@3 b1@0 b2 b3',
    newcomer: 'a',
    place: 'a1@1',
  },
  {
    what: 'one more of a flood: not those of others',
    held: 'a1@0 b1@1 b2@2 b3@3 b4@4 b5@5',
    newcomer: 'b',
    place: 'b1@1',
  },
  {
    what: 'the first, where each has one: the idlest',
    held: 'a1@3 b1@2 c1 d1@1 e1 f1',
    newcomer: 'g',
    place: 'd1@1',
  },
  { what: 'the first, where each has one in use', held: 'a1 b1 c1 d1 e1 f1', newcomer: 'g', place: 'none' },
  {
    what: 'the second, where each has one idle',
    held: 'a1 b1@2 c1@1 d1 e1 f1',
    newcomer: 'a',
    place: 'none',
  },
];

for (const { what, held, newcomer, place } of cases) {
  test(what, () => {
    const shares = new Shares<string>({
      most: 6,
      idleSince: (one) => (one.includes('@') ? Number(one.split('@')[1]) : undefined),
    });
    for (const one of held.split(' ')) shares.add(one[0] as string, one);
    const got = shares.placeFor(newcomer);
    assert.is(got === undefined ? 'none' : (got.displaced ?? 'free'), place);
  });
}

test('a share counts what is displaced or gone no longer', () => {
  const shares = new Shares<string>({ most: 2, idleSince: () => undefined });
  for (const one of ['a1', 'a2']) shares.add('a', one);
  assert.is(shares.placeFor('b')?.displaced, 'a1');
  shares.add('b', 'b1');
  shares.delete('a1');
  assert.is(shares.placeFor('c'), undefined);
  shares.delete('a2');
  shares.delete('a2');
  assert.equal(shares.placeFor('c'), { displaced: undefined });
});

test.run();
