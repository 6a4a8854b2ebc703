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
  const tool = listDirectoryTool({ tree, grants: anywhere, limits: { maxEntries: 1000 } });
  const run = async (args: object) => await tool.run({ path: '/d', ...args }, fakeContext());
  return { tree, run };
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

test('arguments out of bounds are refused with the bound', async () => {
  const { run } = toolOver(listing([]));
  for (const args of [{ limit: 0 }, { limit: 50_001 }, { limit: 1.5 }, { max_depth: 0 }, { surprise: 1 }])
    assert.ok((await run(args)).isError, JSON.stringify(args));
});

test.run();
