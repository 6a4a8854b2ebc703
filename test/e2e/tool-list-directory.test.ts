import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { callTool, refusalOf, type ToolScene, toolSuite } from '../support/tool-scene.ts';

const test = toolSuite('list_directory, by the bundle');

const list = (scene: ToolScene, args: object) => callTool(scene, 'list_directory', args);
const refusal = (scene: ToolScene, args: object) => refusalOf(scene, 'list_directory', args);

test('the tool lists what is there, the same as text and as structure', async (scene) => {
  mkdirSync(join(scene.allowed, 'sub'));
  writeFileSync(join(scene.allowed, 'sub/inner'), 'twelve bytes');
  writeFileSync(join(scene.allowed, '.hidden'), '');
  symlinkSync('/etc/passwd', join(scene.allowed, 'link'));
  const result = await list(scene, { path: scene.allowed, recursive: true });
  assert.equal(result.structuredContent, {
    path: scene.allowed,
    entries: [
      { path: '.hidden', type: 'file' },
      { path: 'link', type: 'symlink' },
      { path: 'sub', type: 'directory' },
      { path: 'sub/inner', type: 'file' },
    ],
    truncated: false,
  });
  assert.is(result.content[0].text, JSON.stringify(result.structuredContent));
  const { entries } = (await list(scene, { path: 'sub', details: true })).structuredContent;
  assert.is(entries[0].size, 12);
  assert.match(entries[0].modified, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('the tool hands out a large directory in pages that clients take, or whole when asked', async (scene) => {
  const names = Array.from({ length: 2500 }, (_, n) => `entry_${String(n).padStart(5, '0')}`);
  for (const name of names) writeFileSync(join(scene.allowed, name), '');
  const pages: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { structuredContent: page } = await list(scene, { path: '.', ...(cursor && { cursor }) });
    pages.push(page.entries.map(({ path }: { path: string }) => path));
    if (!page.truncated) break;
    cursor = page.next_cursor;
  }
  assert.ok(pages.length === 6 && pages.every(({ length }) => length <= 440));
  assert.equal(pages.flat(), names);
  assert.is((await list(scene, { path: '.', limit: 50_000 })).structuredContent.entries.length, 2500);
});

test('the tool refuses what it must, says what to do, and goes on', async (scene) => {
  writeFileSync(join(scene.allowed, 'file'), '');
  symlinkSync(scene.base, join(scene.allowed, 'out'));
  assert.match(await refusal(scene, { path: '..' }), /inside the allowed directories/);
  assert.match(await refusal(scene, { path: 'out' }), /inside the allowed directories/);
  assert.match(await refusal(scene, { path: 'file' }), /Expected a directory/);
  assert.match(await refusal(scene, { path: 'none' }), /There is no/);
  assert.match(await refusal(scene, { path: '.', cursor: 'mine' }), /next_cursor/);
  assert.match(await refusal(scene, { path: '.', max_depth: 2 }), /"recursive" to be true/);
  assert.match(await refusal(scene, { path: '.', limit: 50_001 }), /"limit"/);
  assert.match(await refusal(scene, {}), /"path" is required/);
  assert.is((await list(scene, { path: '.' })).structuredContent.entries.length, 2);
});

test.run();
