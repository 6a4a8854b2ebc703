import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { walkInOrder } from '../../../../../src/infrastructure/files/list/walk-in-order.ts';
import { failureOf } from '../../../../support/failure.ts';

const test = suite('walk in order');

interface Tree {
  readonly [name: string]: Tree | null;
}

/** Reads from memory; the order in which reads end is the caller's. */
function readerOf(tree: Tree, delays: () => number) {
  const state = { running: 0, most: 0, reads: [] as string[] };
  const read = async (path: string) => {
    state.reads.push(path);
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    for (let ticks = delays(); ticks > 0; ticks--) await Promise.resolve();
    state.running -= 1;
    let folder: Tree = tree;
    for (const name of path.split('/').slice(0, -1)) folder = folder[name] as Tree;
    const names = Object.keys(folder).sort();
    return { names, below: [...names.keys()].filter((at) => folder[names[at] as string] !== null) };
  };
  return { read, state };
}

function expected(tree: Tree, path = ''): string[] {
  return Object.keys(tree)
    .sort()
    .flatMap((name) => [path + name, ...(tree[name] ? expected(tree[name], `${path}${name}/`) : [])]);
}

type Options = { after?: string[]; times?: number; ahead?: number; signal?: AbortSignal };

async function walked(
  read: ReturnType<typeof readerOf>['read'],
  { after: names, times = 1, ...options }: Options = {},
): Promise<string[]> {
  const paths: string[] = [];
  const after = names && { names, times };
  const walk = { read, ahead: 4, signal: new AbortController().signal, ...options, ...(after && { after }) };
  for await (const { path, folder, from, to } of walkInOrder(walk))
    for (let at = from; at < to; at++) paths.push(path + folder.names[at]);
  return paths;
}

const trees = fc.letrec<{ tree: Tree; node: Tree | null }>((tie) => ({
  node: fc.option(tie('tree'), { depthSize: 'small' }),
  tree: fc.dictionary(
    fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 3 }),
    tie('node'),
    {
      maxKeys: 5,
    },
  ),
})).tree;

test('the order is that of the components, whatever the order of reading', async () => {
  await fc.assert(
    fc.asyncProperty(trees, fc.infiniteStream(fc.nat(20)), async (tree, delays) => {
      const { read } = readerOf(tree, () => delays.next().value);
      assert.equal(await walked(read), expected(tree));
    }),
  );
});

test('the walk goes on after any path, there or not', async () => {
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(), async (tree, pick) => {
      const all = expected(tree);
      const at = all.length === 0 ? 0 : pick % all.length;
      const after = all[at] ?? 'gone';
      const { read } = readerOf(tree, () => 0);
      const rest = all.length === 0 ? [] : all.slice(at + 1);
      assert.equal(await walked(read, { after: after.split('/') }), rest);
    }),
  );
});

test('the walk reads so many at once, and not one more than the walk itself needs', async () => {
  const tree = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`d${n}`, { f: null }]));
  const { read, state } = readerOf(tree, () => 5);
  await walked(read, { ahead: 4 });
  assert.ok(state.most > 1 && state.most <= 5, `${state.most} at once`);
  assert.is(state.reads.length, 51);
});

test('the walk reads nothing more once it is left', async () => {
  const tree = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`d${n}`, { f: null }]));
  const { read, state } = readerOf(tree, () => 5);
  for await (const _ of walkInOrder({ read, ahead: 4, signal: new AbortController().signal })) break;
  for (let ticks = 0; ticks < 50; ticks++) await Promise.resolve();
  assert.ok(state.reads.length < 10, `${state.reads.length} reads`);
});

test('the walk rejects with the reason of the signal, or as the reading does', async () => {
  const reason = new Error('cancelled');
  const { read } = readerOf({ a: {} }, () => 0);
  assert.is(await failureOf(walked(read, { signal: AbortSignal.abort(reason) })), reason);
  const failing = async (path: string) => {
    if (path !== '') throw reason;
    return await read(path);
  };
  assert.is(await failureOf(walked(failing)), reason);
});

test('the walk yields an empty stretch for a directory without names', async () => {
  const { read } = readerOf({ a: {} }, () => 0);
  const stretches: string[] = [];
  for await (const { path, from, to } of walkInOrder({
    read,
    ahead: 1,
    signal: new AbortController().signal,
  }))
    stretches.push(`${path}:${from}-${to}`);
  assert.equal(stretches, [':0-1', 'a/:0-0']);
});

test('of names that look alike, as many are left out as were passed', async () => {
  const read = async () => ({ names: ['a', 'x', 'x', 'x', 'z'], below: [] });
  for (const [times, rest] of [
    [1, ['x', 'x', 'z']],
    [2, ['x', 'z']],
    [3, ['z']],
    [9, ['z']],
  ] as const)
    assert.equal(await walked(read, { after: ['x'], times }), rest);
});

test.run();
