import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSourceText } from '../../../../../src/infrastructure/config/sources/read-source-text.ts';
import { memoryHost } from '../memory-host.ts';

const test = suite('read source text');

const MIB = 1024 * 1024;

function read(file: string | Uint8Array | { readonly code: string }) {
  return readSourceText(memoryHost({ files: { '/a': file } }), '/a');
}

test('the reader reads UTF-8 and drops the byte order mark', async () => {
  assert.equal(await read('\uFEFFgrün: ✓'), { text: 'grün: ✓' });
  assert.equal(await read(''), { text: '' });
});

test('the reader reads a file of exactly 1 MiB and no byte more', async () => {
  assert.equal(await read('x'.repeat(MIB)), { text: 'x'.repeat(MIB) });
  assert.equal(await read('x'.repeat(MIB + 1)), { failure: 'it is larger than 1048576 bytes' });
});

test('the reader says where a file stops being UTF-8', async () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('a: 1\nb: é'), 0xff]);
  assert.equal(await read(bytes), { failure: 'it is not UTF-8', line: 2, column: 5 });
});

for (const [code, failure] of [
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'it may not be read by this user'],
  ['ENXIO', 'it is a socket, or a pipe that nobody writes to'],
  ['EIO', 'reading it failed (EIO)'],
] as const) {
  test(`the reader explains ${code}`, async () => {
    assert.equal(await read({ code }), { failure });
  });
}

test.run();
