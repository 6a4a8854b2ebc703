import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { pngOf } from '../support/pictures.ts';
import type { Frame } from '../support/server-process.ts';
import { callTool, refusalOf, type ToolScene, toolSuite } from '../support/tool-scene.ts';

const test = toolSuite('read_file, by the bundle', 'bundle', { env: { ANTHROPIC_API_KEY: 'sk-ant-e2e' } });

const read = (scene: ToolScene, args: object) => callTool(scene, 'read_file', args);
const refusal = (scene: ToolScene, args: object) => refusalOf(scene, 'read_file', args);

test('the tool reads text, its lines, and pictures', async (scene) => {
  writeFileSync(join(scene.allowed, 'a.txt'), '\ufeffone\r\ntwo\n');
  const png = pngOf(3, 2);
  writeFileSync(join(scene.allowed, 'b.png'), png);
  assert.equal((await read(scene, { path: join(scene.allowed, 'a.txt') })).content, [
    { type: 'text', text: 'one\r\ntwo\n' },
  ]);
  assert.equal((await read(scene, { path: 'a.txt', offset: 1 })).content, [{ type: 'text', text: 'two\n' }]);
  assert.equal((await read(scene, { path: '~/allowed/a.txt', tail: 1 })).content, [
    { type: 'text', text: 'two\n' },
  ]);
  assert.equal((await read(scene, { path: 'b.png' })).content, [
    { type: 'image', data: png.toString('base64'), mimeType: 'image/png' },
  ]);
});

test('the tool cuts at 256 KiB, and every page can be reached', async (scene) => {
  const text = Array.from({ length: 60_000 }, (_, n) => `line ${n} "quoted"\n`).join('');
  writeFileSync(join(scene.allowed, 'large.txt'), text);
  let all = '';
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const { content }: Frame = await read(scene, { path: 'large.txt', offset });
    const page = content.at(-1);
    const note = content.length > 1 ? content[0] : undefined;
    assert.ok(Buffer.byteLength(JSON.stringify(page.text)) <= 256 * 1024 + 2);
    all += page.text;
    offset = note && Number(/Read on with "offset": (\d+)/.exec(note.text)?.[1]);
  }
  assert.ok(all === text);
});

test('the tool refuses everything that it must, and goes on', async (scene) => {
  const { base, allowed } = scene;
  writeFileSync(join(base, 'secret'), 'secret');
  symlinkSync(join(base, 'secret'), join(allowed, 'link'));
  mkdirSync(join(base, '.ssh'));
  writeFileSync(join(allowed, 'good'), 'good');
  execFileSync('mkfifo', [join(allowed, 'fifo')]);
  const rows: readonly (readonly [object, string])[] = [
    [{ path: '../secret' }, 'inside the allowed directories'],
    [{ path: join(base, 'secret') }, 'inside the allowed directories'],
    [{ path: 'link' }, 'inside the allowed directories'],
    [{ path: '/proc/self/environ' }, 'refused'],
    [{ path: '~/.ssh/id_rsa' }, 'refused'],
    [{ path: '/etc/shadow' }, 'refused'],
    [{ path: 'fifo' }, 'regular file'],
    [{ path: '.' }, 'a directory'],
    [{ path: '/dev/zero' }, 'inside the allowed directories'],
    [{ path: 'nothing' }, 'There is no'],
    [{ path: 'a\0b' }, 'NUL'],
    [{ path: '' }, 'empty'],
    [{ path: 'x'.repeat(5000) }, '4095'],
    [{ path: 5 }, '"path"'],
    [{}, '"path" is required'],
    [{ path: 'good', encoding: 'utf-7' }, '"encoding"'],
    [{ path: 'good', offset: 7 }, 'below 1'],
    [{ path: 'good', tail: 1, limit: 1 }, 'either "tail"'],
    [{ path: 'good', more: 1 }, '"more"'],
  ];
  for (const [args, expected] of rows) {
    const text = await refusal(scene, args);
    assert.ok(text.includes(expected), `${JSON.stringify(args).slice(0, 80)}: ${text}`);
    assert.ok(text.length < 1000 && !text.includes('sk-ant'));
    assert.is((await read(scene, { path: 'good' })).content[0].text, 'good');
  }
});

test('the tool answers others while it reads a large file', async (scene) => {
  writeFileSync(join(scene.allowed, 'large'), Buffer.alloc(200_000_000, 'x\n'));
  scene.server.send({
    jsonrpc: '2.0',
    id: 'slow',
    method: 'tools/call',
    params: { name: 'read_file', arguments: { path: 'large', offset: 99_999_999 } },
  });
  const quick = await scene.server.request('quick', 'ping');
  assert.equal(quick.result, {});
  assert.equal((await scene.server.answer('slow')).result.content, [{ type: 'text', text: 'x\n' }]);
  assert.ok(
    scene.server.frames.findIndex(({ id }) => id === 'quick') <
      scene.server.frames.findIndex(({ id }) => id === 'slow'),
  );
});

test.run();
