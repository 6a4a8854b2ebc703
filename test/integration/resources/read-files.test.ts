import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modernRequestOf } from '../../support/in-memory-connection.ts';
import { pngOf } from '../../support/pictures.ts';
import { type FileResourceDesk, fileResourceDesk } from './file-resource-desk.ts';

const test = suite<{ desk: FileResourceDesk }>('resources: files are read');

test.before.each(async (context) => {
  const desk = await fileResourceDesk();
  context.desk = desk;
  await mkdir(desk.path('folder'), { recursive: true });
  await writeFile(desk.path('a b#?%.md'), '\ufeff# Grüße 😀\r\n');
  await writeFile(desk.path('picture'), pngOf(3, 2));
  await writeFile(desk.path('large.txt'), 'x'.repeat(1001));
  await writeFile(join(desk.home, 'secret.txt'), 'secret');
  await symlink(join(desk.home, 'secret.txt'), desk.path('link.txt'));
  await desk.connection.initialize();
});

test.after.each(({ desk }) => desk.end());

const picture = pngOf(3, 2).toString('base64');

const read = async ({ connection }: FileResourceDesk, uri: string) =>
  await connection.request(uri, 'resources/read', { uri });

test('text, under the URI as asked', async ({ desk }) => {
  const uri = desk.uri('a b#?%.md');
  const expected = { mimeType: 'text/markdown', text: '# Grüße 😀\r\n' };
  assert.equal((await read(desk, uri)).result, { contents: [{ uri, ...expected }] });
  const whole = `file:///${encodeURIComponent(desk.path('a b#?%.md'))}`;
  assert.equal((await read(desk, whole)).result, { contents: [{ uri: whole, ...expected }] });
});

test('bytes, as base64', async ({ desk }) => {
  const uri = desk.uri('picture');
  assert.equal((await read(desk, uri)).result.contents, [{ uri, mimeType: 'image/png', blob: picture }]);
});

test('a broken picture, as bytes of no known kind', async ({ desk }) => {
  await writeFile(desk.path('broken.png'), Buffer.from('89504e470d0a1a0a00', 'hex'));
  const uri = desk.uri('broken.png');
  assert.equal((await read(desk, uri)).result.contents, [
    { uri, mimeType: 'application/octet-stream', blob: 'iVBORw0KGgoA' },
  ]);
});

test('text that begins as a picture, as text', async ({ desk }) => {
  await writeFile(desk.path('gif.txt'), 'GIF89a is a format of pictures\n');
  const uri = desk.uri('gif.txt');
  assert.equal((await read(desk, uri)).result.contents, [
    { uri, mimeType: 'text/plain', text: 'GIF89a is a format of pictures\n' },
  ]);
});

test('in the modern era too, and not to be kept', async ({ desk }) => {
  const uri = desk.uri('picture');
  desk.connection.send(modernRequestOf(1, 'resources/read', { uri }));
  const { result } = await desk.connection.answer(1);
  assert.equal([result.contents[0].blob, result.ttlMs], [picture, 0]);
});

for (const [what, uriOf, code, dataCode, message] of [
  ['what isn’t there', ({ uri }) => uri('nope'), -32002, 'resource.not-found', /There is no resource/],
  ['a folder', ({ uri }) => uri('folder'), -32602, 'file.not-regular', /got a directory/],
  ['what is too large', ({ uri }) => uri('large.txt'), -32602, 'resource.too-large', /read_file/],
  [
    'what is outside',
    ({ home }) => `file://${home}/secret.txt`,
    -32602,
    'path.outside',
    /allowed directories/,
  ],
  ['a way out', ({ uri }) => `${uri()}/../secret.txt`, -32602, 'path.outside', /allowed directories/],
  [
    'an encoded way out',
    ({ uri }) => `${uri()}/%2e%2e%2fsecret.txt`,
    -32602,
    'path.outside',
    /allowed directories/,
  ],
  ['a link that leads out', ({ uri }) => uri('link.txt'), -32602, 'path.outside', /allowed directories/],
  ['an encoded NUL', ({ uri }) => `${uri('a')}%00`, -32602, 'path.invalid', /NUL/],
  ['another machine', () => 'file://server/share/a', -32602, 'resource.uri-invalid', /three slashes/],
] as const satisfies readonly (readonly [
  string,
  (desk: FileResourceDesk) => string,
  number,
  string,
  RegExp,
])[]) {
  test(`${what} is refused`, async ({ desk }) => {
    const { error } = await read(desk, uriOf(desk));
    assert.equal([error.code, error.data.code], [code, dataCode]);
    assert.match(error.message, message);
  });
}

test('paths complete from what is typed, from the allowed folder down', async ({ desk }) => {
  const complete = async (id: string, value: string) => {
    const ref = { type: 'ref/resource', uri: 'file:///{path}' };
    const { result } = await desk.connection.request(id, 'completion/complete', {
      ref,
      argument: { name: 'path', value },
    });
    return result.completion;
  };
  const allowed = desk.path().slice(1);
  assert.equal((await complete('a', '')).values, [`${allowed}/`]);
  assert.equal((await complete('b', `${allowed}/`)).values.slice(0, 3), [
    `${allowed}/a b#?%.md`,
    `${allowed}/folder/`,
    `${allowed}/large.txt`,
  ]);
  assert.equal((await complete('c', `/${allowed}/fo`)).values, [`/${allowed}/folder/`]);
  assert.equal((await complete('d', '/etc/')).values, []);
});

test.run();
