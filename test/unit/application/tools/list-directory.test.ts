import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listDirectoryTool } from '../../../../src/application/tools/list-directory.ts';
import { MAX_ANSWER_BYTES } from '../../../../src/domain/policy/answer-limit.ts';
import { fakeContext } from '../fake-context.ts';
import { anywhere, FakeTree } from './fake-tree.ts';

const test = suite('list_directory');

const listing = (names: readonly string[], truncated = false, unreadable: string[] = []) => ({
  path: '/d',
  entries: names.map((path) => ({ path, type: 'file' as const })),
  truncated,
  unreadable,
});

function toolOver(given: ReturnType<typeof listing>) {
  const tree = new FakeTree({ listing: given });
  const tool = listDirectoryTool({
    tree,
    grants: anywhere,
    limits: { maxEntries: 1000, answerBytes: 16_384 },
  });
  const run = async (args: object) => await tool.run({ path: '/d', ...args }, fakeContext());
  return { tree, tool, run };
}

test('the tool asks with the documented defaults', async () => {
  const { tree, run } = toolOver(listing(['a']));
  const result = await run({});
  assert.equal(tree.requests, [
    { path: '/d', recursive: false, includeHidden: true, details: false, limit: 1000 },
  ]);
  assert.equal(result.structuredContent, {
    path: '/d',
    entries: [{ path: 'a', type: 'file' }],
    truncated: false,
  });
  assert.equal(result.content, [{ type: 'text', text: JSON.stringify(result.structuredContent) }]);
});

test('the cursor of a page goes on where it ended', async () => {
  const { tree, run } = toolOver(listing(['a', 'sub/ü…\ud83d\ude00'], true, ['locked']));
  const page = (await run({ limit: 2 })).structuredContent;
  assert.equal(page?.['unreadable'], ['locked']);
  assert.match(page?.['next_cursor'] as string, /^[\w-]+$/);
  await run({ cursor: page?.['next_cursor'] });
  assert.is((tree.requests[1] as { after?: string }).after, 'sub/ü…\ud83d\ude00');
});

test('directories that were skipped leave room for the page, and the rest of them is counted', async () => {
  const many = Array.from({ length: 150 }, (_, at) => `locked/${'x'.repeat(1000)}/${at}`);
  const { run } = toolOver(
    listing(
      Array.from({ length: 50 }, (_, at) => `file-${at}`),
      false,
      many,
    ),
  );
  const result = await run({});
  const page = result.structuredContent as Record<string, readonly string[]>;
  assert.equal([page['entries']?.length, page['unreadable']?.length, page['more_unreadable']], [50, 4, 146]);
  assert.ok(JSON.stringify(page).length <= 16_384);
});

test('pages come to an end where names look alike, since not all of them are UTF-8', async () => {
  const all = ['a', ...Array.from({ length: 5 }, () => 'x\ufffd'), 'z'];
  for (const limit of [1, 2, 3]) {
    const { run, tree } = toolOver(listing([]));
    const list: typeof tree.list = async ({ after, told = 1 }) => {
      const first = after === undefined ? 0 : all.indexOf(after) + told;
      return listing(all.slice(first, first + limit), first + limit < all.length);
    };
    tree.list = list;
    const found: string[] = [];
    for (let cursor: object = {}; found.length < 20; ) {
      const { entries, next_cursor } = (await run({ limit, ...cursor })).structuredContent as never as {
        entries: readonly { path: string }[];
        next_cursor?: string;
      };
      found.push(...entries.map(({ path }) => path));
      if (next_cursor === undefined) break;
      cursor = { cursor: next_cursor };
    }
    assert.equal(found, all, `${limit}`);
  }
});

test('the tool refuses cursors that it has not made', async () => {
  const { run } = toolOver(listing([]));
  for (const cursor of ['!', 'YQ==', 'YQ=', 'YR', '_w', 'ä', 'eHh4'.repeat(40_000)])
    assert.is(await run({ cursor }).catch((error) => error.code), 'cursor.invalid', cursor.slice(0, 40));
});

test('the tool refuses a depth that would be ignored', async () => {
  const { run } = toolOver(listing([]));
  assert.match(await run({ max_depth: 2 }).catch((error) => error.message), /"recursive" to be true/);
});

test('an answer stays below what a client takes, and the cursor gives the rest', async () => {
  const names = Array.from(
    { length: 50_000 },
    (_, n) => `${String(n).padStart(5, '0')}${'\u0001"é'.repeat(60)}`,
  );
  const { run } = toolOver(listing(names));
  const result = await run({ limit: 50_000 });
  const { entries, truncated, next_cursor } = result.structuredContent as never as {
    entries: { path: string }[];
    truncated: boolean;
    next_cursor: string;
  };
  const size = Buffer.byteLength(JSON.stringify({ ...result, json: undefined }));
  assert.ok(size < MAX_ANSWER_BYTES - 4096 && size > MAX_ANSWER_BYTES * 0.9, `${size} bytes`);
  assert.ok(truncated && entries.length < 50_000);
  assert.is(Buffer.from(next_cursor, 'base64url').toString(), entries.at(-1)?.path);
});

for (const [what, args, takesAll] of [
  ['as many entries as clients take, where the call asks for no more', {}, false],
  ['as many entries as the call asks for', { limit: 1000 }, false],
  ['all entries at a terminal', {}, true],
] as const)
  test(`a long list is answered with ${what}`, async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `entry-${at}-é`);
    const { tool } = toolOver(listing(names));
    const client = { ...fakeContext().client, takesAll };
    const { content } = await tool.run({ path: '/d', ...args }, fakeContext({ client }));
    const [block] = content;
    const text = block?.type === 'text' ? block.text : '';
    const { entries, truncated, next_cursor: next } = JSON.parse(text);
    const isWhole = takesAll || 'limit' in args;
    assert.is(truncated, !isWhole);
    assert.is(entries.length === 1000, isWhole);
    assert.is(Buffer.byteLength(text) <= 16_384, !isWhole);
    if (isWhole) return;
    assert.ok(entries.length > 300, `${entries.length} entries`);
    assert.is(Buffer.from(next, 'base64url').toString(), entries.at(-1).path);
    assert.ok(text.indexOf('next_cursor') < 200); // clients cut the end
  });

test('one entry always comes, so that reading on gets on', async () => {
  const { run } = toolOver(listing(['x'.repeat(20_000), 'y']));
  const { entries, truncated } = (await run({})).structuredContent as never as {
    entries: unknown[];
    truncated: boolean;
  };
  assert.equal([entries.length, truncated], [1, true]);
});

test('arguments out of bounds are refused with the bound', async () => {
  const { run } = toolOver(listing([]));
  for (const args of [{ limit: 0 }, { limit: 50_001 }, { limit: 1.5 }, { max_depth: 0 }, { surprise: 1 }])
    assert.ok((await run(args)).isError, JSON.stringify(args));
});

test.run();
