import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { callTool, refusalOf, type ToolScene, toolSuite } from '../support/tool-scene.ts';

const search = (scene: ToolScene, args: object) => callTool(scene, 'search_files', args);
const refusal = (scene: ToolScene, args: object) => refusalOf(scene, 'search_files', args);

/** The executable too: its workers start from the text of functions that the bundler has rewritten. */
for (const kind of ['bundle', 'binary'] as const) {
  const test = toolSuite(`search_files, by the ${kind}`, kind);

  test('the tool finds by name and by content, what is ignored only when asked', async (scene) => {
    write(scene, {
      '.gitignore': 'dist/\n',
      'dist/a.ts': 'needle',
      'src/a.ts': 'one\nneedle 1\n',
      'b.md': '',
    });
    const names = await search(scene, { path: scene.allowed, pattern: '*.ts' });
    assert.equal(names.structuredContent, {
      matches: [{ path: 'src/a.ts' }],
      count: 1,
      truncated: false,
      skipped: {},
    });
    assert.is(names.content[0].text, JSON.stringify(names.structuredContent));
    const lines = await search(scene, {
      path: '.',
      pattern: '**/*.ts',
      content: 'needle \\d',
      context_lines: 1,
    });
    assert.equal(lines.structuredContent.matches, [
      { path: 'src/a.ts', line: 2, text: 'needle 1', before: ['one'] },
    ]);
    const all = await search(scene, { path: '.', pattern: '*.ts', include_ignored: true });
    assert.is(all.structuredContent.count, 2);
  });

  test('the tool stops at the limit and says how to get the rest', async (scene) => {
    write(scene, Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`d${n % 7}/f${n}`, ''])));
    const { structuredContent } = await search(scene, { path: '.', pattern: 'f*' });
    assert.is(structuredContent.count, 200);
    assert.ok(structuredContent.truncated);
    assert.match(structuredContent.note, /raise "limit"/);
    assert.is(
      (await search(scene, { path: '.', pattern: 'f*', limit: 10_000 })).structuredContent.count,
      300,
    );
  });

  test('the tool refuses what it must, says what to do, and goes on', async (scene) => {
    write(scene, { f: '' });
    symlinkSync(scene.base, join(scene.allowed, 'out'));
    assert.match(await refusal(scene, { path: '.', pattern: '../*' }), /climbs out/);
    assert.match(await refusal(scene, { path: '.', pattern: '/etc/*' }), /absolute/);
    assert.match(await refusal(scene, { path: 'out', pattern: '*' }), /inside the allowed directories/);
    assert.match(await refusal(scene, { path: '.', pattern: '*', content: '(' }), /Unterminated group/);
    assert.match(await refusal(scene, { path: '.', pattern: '*', limit: 10_001 }), /"limit"/);
    assert.is((await search(scene, { path: '.', pattern: 'f' })).structuredContent.count, 1);
  });

  test('an expression that takes for ever is ended, delays nobody, and the next search works', async (scene) => {
    write(scene, { evil: `${'a'.repeat(40)}!` });
    const slow = refusal(scene, { path: '.', pattern: '*', content: '(a+)+$' });
    assert.ok(await scene.server.request('meanwhile', 'ping'));
    assert.not.ok(scene.server.frames.some(({ id }) => id === scene.calls));
    assert.match(await slow, /more than 2 s/);
    assert.is((await search(scene, { path: '.', pattern: '*', content: 'aaa' })).structuredContent.count, 1);
  });

  test('a search in the middle keeps the server from nothing when its input ends', async (scene) => {
    write(scene, { evil: `${'a'.repeat(40)}!` });
    scene.server.send({
      jsonrpc: '2.0',
      id: 'slow',
      method: 'tools/call',
      params: { name: 'search_files', arguments: { path: '.', pattern: '*', content: '(a+)+$' } },
    });
    assert.is((await scene.server.close()).code, 0);
  });

  test.run();
}

function write({ allowed }: ToolScene, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(allowed, path)), { recursive: true });
    writeFileSync(join(allowed, path), content);
  }
}
