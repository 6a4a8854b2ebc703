import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Frame, type ServerKind, ServerProcess } from '../support/server-process.ts';

interface Scene {
  base: string;
  allowed: string;
  server: ServerProcess;
  calls: number;
}

/** The executable too: its workers start from the text of functions that the bundler has rewritten. */
for (const kind of ['bundle', 'binary'] satisfies ServerKind[]) {
  const test = suite<Scene>(`search_files, by the ${kind}`);

  test.before.each(async (scene) => {
    scene.base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-e2e-')));
    scene.allowed = join(scene.base, 'allowed');
    scene.calls = 0;
    mkdirSync(scene.allowed);
    const args = ['serve', '--allow', scene.allowed];
    scene.server = new ServerProcess(kind, { args, env: { HOME: scene.base } });
    await scene.server.initialize();
  });

  test.after.each(({ server, base }) => {
    server.kill();
    rmSync(base, { recursive: true });
  });

  test('finds by name and by content, what is ignored only when asked', async (scene) => {
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

  test('stops at the limit and says how to get the rest', async (scene) => {
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

  test('refuses what it must, says what to do, and goes on', async (scene) => {
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

function write({ allowed }: Scene, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(allowed, path)), { recursive: true });
    writeFileSync(join(allowed, path), content);
  }
}

/** The result of a call; each must be answered, so that a call that follows a refusal shows that the server goes on. */
async function search(scene: Scene, args: object): Promise<Frame> {
  scene.calls += 1;
  const params = { name: 'search_files', arguments: args };
  const answer = await scene.server.request(scene.calls, 'tools/call', params);
  assert.is(answer.error, undefined);
  return answer.result;
}

async function refusal(scene: Scene, args: object): Promise<string> {
  const { content, isError, structuredContent } = await search(scene, args);
  assert.is(isError, true, JSON.stringify(content));
  assert.is(structuredContent, undefined);
  return content[0].text;
}
