import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SearchReport } from '../../../../src/application/ports/file-tree.ts';
import { searchFilesTool } from '../../../../src/application/tools/search-files.ts';
import { MAX_ANSWER_BYTES } from '../../../../src/domain/policy/answer-limit.ts';
import { fakeContext } from '../fake-context.ts';
import { anywhere, FakeTree } from './fake-tree.ts';

const test = suite('search_files');

function toolOver(report: SearchReport) {
  const tree = new FakeTree({ report });
  const tool = searchFilesTool({ tree, grants: anywhere, limits: { maxResults: 200, answerBytes: 16_384 } });
  const run = async (args: object) => await tool.run({ path: '/d', pattern: '*', ...args }, fakeContext());
  return { tree, tool, run };
}

test('the tool asks with the documented defaults and counts', async () => {
  const { tree, run } = toolOver({ matches: [{ path: 'a' }], truncated: false, skipped: { binary: 2 } });
  const result = await run({});
  assert.equal(tree.requests, [
    {
      path: '/d',
      owners: ['local', 'test'],
      pattern: '*',
      caseSensitive: true,
      contextLines: 0,
      includeIgnored: false,
      limit: 200,
    },
  ]);
  assert.equal(result.structuredContent, {
    matches: [{ path: 'a' }],
    count: 1,
    truncated: false,
    skipped: { binary: 2 },
  });
  assert.equal(result.content, [{ type: 'text', text: JSON.stringify(result.structuredContent) }]);
});

test('the tool says how to get the rest', async () => {
  const { run } = toolOver({ matches: [{ path: 'a' }], truncated: true, skipped: {} });
  assert.match((await run({ limit: 1 })).structuredContent?.['note'] as string, /raise "limit" or narrow/);
});

test('an empty answer says what was not looked at, or why nothing could be found', async () => {
  const noteOf = async (report: Partial<SearchReport>, args: object = {}) =>
    (await toolOver({ matches: [], truncated: false, skipped: {}, ...report }).run(args)).structuredContent?.[
      'note'
    ];
  assert.match((await noteOf({ hasIgnored: true })) as string, '"include_ignored": true');
  assert.match((await noteOf({ hasIgnored: true, note: 'Of "pattern"' })) as string, 'Of "pattern"');
  assert.match((await noteOf({ hasIgnored: true }, { content: 'a\\|b' })) as string, 'a|b');
  assert.is(await noteOf({ hasIgnored: false }), undefined);
  assert.is(await noteOf({ hasIgnored: true, matches: [{ path: 'a' }] }), undefined);
});

for (const [what, args, takesAll] of [
  ['as many matches as clients take, where the call asks for no more', {}, false],
  ['as many matches as the call asks for', { limit: 200 }, false],
  ['all matches at a terminal', {}, true],
] as const)
  test(`a long search is answered with ${what}`, async () => {
    const matches = Array.from({ length: 200 }, (_, at) => ({
      path: `f${at}`,
      line: 1,
      text: 'é"'.repeat(100),
    }));
    const { tool } = toolOver({ matches, truncated: false, skipped: {} });
    const client = { ...fakeContext().client, takesAll };
    const { content } = await tool.run({ path: '/d', pattern: '*', ...args }, fakeContext({ client }));
    const text = content[0]?.type === 'text' ? content[0].text : '';
    const found = JSON.parse(text);
    const isWhole = takesAll || 'limit' in args;
    assert.is(found.truncated, !isWhole);
    assert.is(found.count, found.matches.length);
    assert.is(found.count === 200, isWhole);
    assert.is(Buffer.byteLength(text) <= 16_384, !isWhole);
    assert.is(/^.{0,60}"note":"There are more/.test(text), !isWhole); // clients cut the end
  });

test('an answer stays below what a client takes', async () => {
  const matches = Array.from({ length: 10_000 }, (_, n) => ({
    path: `f${n}`,
    line: 1,
    text: '\u0001'.repeat(500),
    before: ['"\\é'.repeat(50)],
  }));
  const result = await toolOver({ matches, truncated: false, skipped: {} }).run({ limit: 10_000 });
  const size = Buffer.byteLength(JSON.stringify({ ...result, json: undefined }));
  assert.ok(size < MAX_ANSWER_BYTES - 4096, `${size} bytes`);
  const { count, truncated } = result.structuredContent as never as { count: number; truncated: boolean };
  assert.ok(truncated && count > 100 && count < 10_000);
});

test('arguments out of bounds are refused', async () => {
  const { run } = toolOver({ matches: [], truncated: false, skipped: {} });
  for (const args of [
    { limit: 10_001 },
    { limit: 0 },
    { context_lines: -1 },
    { context_lines: 21 },
    { path: 1 },
  ])
    assert.ok((await run(args)).isError, JSON.stringify(args));
});

test.run();
