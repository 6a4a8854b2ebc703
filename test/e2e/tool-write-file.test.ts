import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { callTool, refusalOf, type ToolScene, toolSuite } from '../support/tool-scene.ts';

const test = toolSuite('write_file, by the bundle');

const write = (scene: ToolScene, args: object) => callTool(scene, 'write_file', args);

test('writes, appends, creates, and shows what it would do', async (scene) => {
  const path = join(scene.allowed, 'a.txt');
  const done = async (args: object) => {
    const { structuredContent, content, isError } = await write(scene, { path: 'a.txt', ...args });
    assert.not(isError, content[0].text);
    assert.equal(JSON.parse(content[0].text), structuredContent);
    assert.is(content.length, 1);
    return structuredContent;
  };
  assert.equal(await done({ content: 'né\n' }), { path, bytes_written: 4, created: true, atomic: true });
  chmodSync(path, 0o640);
  assert.equal(await done({ content: 'new\n' }), { path, bytes_written: 4, created: false, atomic: true });
  assert.is(statSync(path).mode & 0o777, 0o640);
  assert.equal(await done({ content: 'more\n', mode: 'append' }), {
    path,
    bytes_written: 5,
    created: false,
    atomic: false,
  });
  assert.is(
    (await done({ content: 'new\n', dry_run: true })).diff,
    '--- a.txt\n+++ a.txt\n@@ -1,2 +1,1 @@\n new\n-more\n',
  );
  assert.is(readFileSync(path, 'utf8'), 'new\nmore\n');
  assert.is(
    (await done({ path: 'x/y/b', content: 'AAE=', encoding: 'base64', create_dirs: true })).bytes_written,
    2,
  );
  assert.equal(readFileSync(join(scene.allowed, 'x/y/b')), Buffer.from([0, 1]));
  assert.equal(readdirSync(scene.allowed).sort(), ['a.txt', 'x']);
});

test('the tool refuses everything that it must, touches nothing, and goes on', async (scene) => {
  const { base, allowed } = scene;
  writeFileSync(join(base, 'other'), 'other');
  writeFileSync(join(allowed, 'a'), 'old');
  symlinkSync(join(base, 'other'), join(allowed, 'link'));
  symlinkSync(join(base, 'made'), join(allowed, 'dangling'));
  execFileSync('mkfifo', [join(allowed, 'fifo')]);
  const content = 'new';
  const rows: readonly (readonly [object, string])[] = [
    [{ path: '../other', content }, 'inside the allowed directories'],
    [{ path: 'link', content }, 'inside the allowed directories'],
    [{ path: 'dangling', content }, 'inside the allowed directories'],
    [{ path: '~/.ssh/authorized_keys', content, create_dirs: true }, 'refused'],
    [{ path: '~/.config/tfo-mcp/config.yaml', content, create_dirs: true }, 'refused'],
    [{ path: 'fifo', content }, 'regular file'],
    [{ path: '.', content }, 'a directory'],
    [{ path: 'x/y', content }, 'create_dirs'],
    [{ path: 'a/y', content, create_dirs: true }, 'Expected a directory'],
    [{ path: 'a', content, mode: 'create' }, 'already'],
    [{ path: 'a', content, mode: 'replace' }, '"mode"'],
    [{ path: 'a', content: 5 }, '"content"'],
    [{ path: 'a' }, '"content" is required'],
    [{ path: 'a', content: '日', encoding: 'latin1' }, 'windows-1252 has no'],
    [{ path: 'a', content: '€', encoding: 'base64' }, 'base64'],
  ];
  for (const [args, expected] of rows) {
    const text = await refusalOf(scene, 'write_file', args);
    assert.ok(text.includes(expected), `${JSON.stringify(args)}: ${text}`);
    assert.not((await write(scene, { path: 'good', content })).isError);
  }
  assert.is(readFileSync(join(allowed, 'a'), 'utf8'), 'old');
  assert.is(readFileSync(join(base, 'other'), 'utf8'), 'other');
  assert.not(
    existsSync(join(base, 'made')) || existsSync(join(base, '.ssh')) || existsSync(join(base, '.config')),
  );
  assert.equal(readdirSync(allowed).sort(), ['a', 'dangling', 'fifo', 'good', 'link']);
});

const readOnly = toolSuite('write_file, by a server that only reads', 'bundle', { args: ['--read-only'] });

readOnly('there is no such tool', async (scene) => {
  const { result } = await scene.server.request('list', 'tools/list');
  const names = result.tools.map(({ name }: { name: string }) => name);
  assert.ok(names.includes('read_file') && !names.includes('write_file'), names.join());
  const { error } = await scene.server.request('call', 'tools/call', {
    name: 'write_file',
    arguments: { path: 'a', content: '' },
  });
  assert.is(error.code, -32001);
  assert.not(existsSync(join(scene.allowed, 'a')));
});

test.run();
readOnly.run();
