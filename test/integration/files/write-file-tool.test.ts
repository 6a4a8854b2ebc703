import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../src/domain/shared/json.ts';
import { structuredResult } from '../../../src/domain/tool/tool-result.ts';
import { ToolsDesk, textsOf } from './tools-desk.ts';

const test = suite<{ desk: ToolsDesk }>('write_file');

test.before.each((context) => {
  context.desk = new ToolsDesk();
});
test.after.each(({ desk }) => desk.clear());

const bytes = (desk: ToolsDesk, name: string) => readFileSync(join(desk.inside, name));

async function refusal(desk: ToolsDesk, args: object): Promise<string> {
  const result = await desk.call('write', args);
  assert.ok(result.isError, JSON.stringify(result));
  return textsOf(result)[0] as string;
}

async function diffOf(desk: ToolsDesk, args: object): Promise<string> {
  const result = await desk.call('write', { dry_run: true, ...args });
  return (result.structuredContent as JsonObject)['diff'] as string;
}

test('writes, and says what it did in bytes', async ({ desk }) => {
  const path = join(desk.inside, 'a.txt');
  assert.equal(
    await desk.call('write', { path: 'a.txt', content: 'né\n' }),
    structuredResult({ path, bytes_written: 4, created: true, atomic: true }),
  );
  assert.is(bytes(desk, 'a.txt').toString(), 'né\n');
});

test('the tool knows the encodings', async ({ desk }) => {
  const rows = [
    ['utf-8', '\ufeffé€😀\r\n', Buffer.from('\ufeffé€😀\r\n')],
    ['utf-16le', 'é😀', Buffer.from('é😀', 'utf16le')],
    ['latin1', 'é€ÿ', Buffer.from([0xe9, 0x80, 0xff])],
    ['base64', 'AAEC\r\n/w==', Buffer.from([0, 1, 2, 255])],
    ['base64', '', Buffer.alloc(0)],
  ] as const;
  for (const [at, [encoding, content, expected]] of rows.entries()) {
    const path = `new ${at}`;
    const result = await desk.call('write', { path, content, encoding });
    assert.is((result.structuredContent as JsonObject)['bytes_written'], expected.length);
    assert.equal(bytes(desk, path), expected);
  }
});

test('the tool touches nothing when the content is not what it says it is', async ({ desk }) => {
  writeFileSync(join(desk.inside, 'a'), 'old');
  assert.match(
    await refusal(desk, { path: 'a', content: '日', encoding: 'latin1' }),
    'windows-1252 has no "日"',
  );
  assert.match(await refusal(desk, { path: 'a', content: 'x\ud83d' }), 'lone surrogate');
  for (const content of ['abc', 'ab=c', 'a-_=', 'YQ', '===='])
    assert.match(await refusal(desk, { path: 'a', content, encoding: 'base64' }), 'base64');
  assert.match(await refusal(desk, { path: 'a', content: 5 }), 'content');
  assert.match(await refusal(desk, { path: 'a' }), '"content" is required');
  assert.match(await refusal(desk, { path: 'a', content: 'x', mode: 'truncate' }), 'mode');
  assert.match(await refusal(desk, { path: 'a', content: 'x'.repeat(5001) }), /at most 5000 bytes.*got 5001/);
  assert.match(await refusal(desk, { path: 'a', content: 'é'.repeat(2501) }), 'got 5002');
  assert.is(bytes(desk, 'a').toString(), 'old');
});

test('the tool takes as much as the limit', async ({ desk }) => {
  assert.not((await desk.call('write', { path: 'a', content: 'x'.repeat(5000) })).isError);
});

test('a dry run shows what would change, and writes nothing', async ({ desk }) => {
  writeFileSync(join(desk.inside, 'a'), 'one\ntwo\nthree\n');
  const path = join(desk.inside, 'a');
  const result = await desk.call('write', { path: 'a', content: 'one\n2\nthree\n', dry_run: true });
  const diff = '--- a\n+++ a\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n';
  assert.equal(result.structuredContent, { path, bytes_written: 0, created: false, atomic: true, diff });
  assert.is(bytes(desk, 'a').toString(), 'one\ntwo\nthree\n');
  assert.is(
    await diffOf(desk, { path: 'a', content: 'four', mode: 'append' }),
    '--- a\n+++ a\n@@ -1,3 +1,4 @@\n one\n two\n three\n+four\n\\ No newline at end of file\n',
  );
  assert.is(await diffOf(desk, { path: 'a', content: 'one\ntwo\nthree\n' }), '');
  assert.is(
    await diffOf(desk, { path: 'new', content: 'x\n' }),
    '--- /dev/null\n+++ new\n@@ -0,0 +1,1 @@\n+x\n',
  );
  assert.is(
    await diffOf(desk, { path: 'x/new', content: '', create_dirs: true }),
    '--- /dev/null\n+++ x/new\n',
  );
  assert.not(existsSync(join(desk.inside, 'new')) || existsSync(join(desk.inside, 'x')));
});

test('a dry run fails where the write would', async ({ desk }) => {
  writeFileSync(join(desk.inside, 'a'), 'x');
  assert.match(await refusal(desk, { path: 'a', content: 'y', mode: 'create', dry_run: true }), 'already');
  assert.match(await refusal(desk, { path: 'x/y', content: 'y', dry_run: true }), 'create_dirs');
  assert.match(await refusal(desk, { path: '../x', content: 'y', dry_run: true }), 'allowed directories');
});

test('the tool says why there is no diff, and cuts one that is too long', async ({ desk }) => {
  writeFileSync(join(desk.inside, 'bytes'), Buffer.from([0xff, 0xfe, 0xfd]));
  writeFileSync(join(desk.inside, 'large'), 'x'.repeat(1024 * 1024 + 1));
  assert.match(await diffOf(desk, { path: 'bytes', content: 'x' }), 'Not compared');
  assert.match(await diffOf(desk, { path: 'new', content: 'AAA=', encoding: 'base64' }), 'Not compared');
  assert.match(await diffOf(desk, { path: 'large', content: 'x' }), 'Not compared: more than');
  const long = await diffOf(desk, { path: 'new', content: 'line\n'.repeat(900) });
  assert.match(long, /\n\[Cut at the limit of 1000 bytes\]$/);
  assert.ok(long.length < 1100);
});

test('the tool compares nothing that would hold up everyone else', async () => {
  const desk = new ToolsDesk({ maxWriteBytes: 2_000_000 });
  try {
    for (const content of ['x\n'.repeat(600_000), 'x\n'.repeat(20_001), '\n'.repeat(1_000_000)])
      assert.match(await diffOf(desk, { path: 'new', content }), 'Not compared: more than');
    writeFileSync(join(desk.inside, 'lines'), '\n'.repeat(20_001));
    assert.match(await diffOf(desk, { path: 'lines', content: 'x' }), 'Not compared: more than 20000 lines');
  } finally {
    desk.clear();
  }
});

test.run();
