import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Files, OpenFile } from '../../../../src/application/ports/files.ts';
import { fileResource } from '../../../../src/application/resources/file-resource.ts';
import { requireResource } from '../../../../src/application/resources/resource-registries.ts';
import { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { codeOf, refusalOf } from '../../../support/failure.ts';
import { fakeContext } from '../fake-context.ts';
import { registriesOf } from './test-resources.ts';

const test = suite('file-resource');

const grant = { directories: ['/home/me'], advice: 'Allow one' };

interface Options {
  readonly content?: readonly (string | Uint8Array)[];
  /** Its size by the file system; the content's if absent. */
  readonly size?: number;
  readonly maxReadBytes?: number;
  readonly refusal?: DomainError;
  readonly platform?: 'linux' | 'windows';
  readonly completions?: readonly string[];
}

/** A file resource over one file in memory, whatever its path. */
function desk({
  content = ['hello'],
  size,
  maxReadBytes = 1000,
  refusal,
  platform,
  completions = [],
}: Options = {}) {
  const encoder = new TextEncoder();
  const chunks = content.map((chunk) => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk));
  const state = { opened: [] as string[], chunks: 0, closed: 0, watched: 0, completed: [] as string[] };
  const shared = new Uint8Array(Math.max(0, ...chunks.map(({ length }) => length)));
  const open = async (path: string): Promise<OpenFile> => {
    if (refusal) throw refusal;
    state.opened.push(path);
    return {
      path,
      size: size ?? chunks.reduce((sum, { length }) => sum + length, 0),
      modified: '2026-01-01T00:00:00.000Z',
      async *chunks() {
        for (const chunk of chunks) {
          state.chunks += 1;
          shared.set(chunk); // the next chunk overwrites it, as the port allows
          yield shared.subarray(0, chunk.length);
        }
      },
      close: async () => {
        state.closed += 1;
      },
    };
  };
  const definition = fileResource({
    files: {
      open,
      watch: async () => {
        state.watched += 1;
        return () => {
          state.watched -= 1;
        };
      },
    } as Partial<Files> as Files,
    tree: {
      complete: async (prefix) => {
        state.completed.push(prefix);
        return completions;
      },
    },
    grants: { of: async () => grant },
    limits: { maxReadBytes, maxImageBytes: maxReadBytes },
    platform: platform ?? 'linux',
  });
  const registries = registriesOf(definition);
  return {
    state,
    definition,
    read: async (uri: string) => (await requireResource(registries, uri).read(fakeContext()))[0],
    watch: async (uri: string) =>
      await requireResource(registries, uri).watch?.(fakeContext(), () => undefined),
    complete: (typed: string) => definition.complete?.['path']?.(typed, {}, fakeContext()),
  };
}

test('the resource is the template that clients know', () => {
  assert.is(desk().definition.template.uriTemplate, 'file:///{path}');
});

for (const [uri, path] of [
  ['file:///home/me/a%20b.md', '/home/me/a b.md'],
  ['file:///home%2Fme%2Fa.md', '/home/me/a.md'],
  ['FILE:///home/me/a.md', '/home/me/a.md'],
] as const) {
  test(`the resource reads ${uri}, and answers with the URI as asked`, async () => {
    const { read, state } = desk();
    assert.equal(await read(uri), { uri, mimeType: 'text/markdown', text: 'hello' });
    assert.equal([state.opened, state.closed], [[path], 1]);
  });
}

test('the resource reads what comes in chunks, characters cut in two included', async () => {
  const bytes = new TextEncoder().encode('a€b😀c');
  const { read } = desk({ content: [...bytes].map((byte) => Uint8Array.of(byte)) });
  assert.is((await read('file:///a'))?.text, 'a€b😀c');
});

for (const [what, content, expected] of [
  ['an empty file', [], { mimeType: 'text/plain', text: '' }],
  ['a byte order mark', ['\ufeffhi\r\n'], { mimeType: 'text/plain', text: 'hi\r\n' }],
  ['a NUL in text', ['hello\0world'], { mimeType: 'text/plain', text: 'hello\0world' }],
  ['NULs', ['a\0\0b'], { mimeType: 'application/octet-stream', blob: 'YQAAYg==' }],
  ['UTF-16 by its mark', [Uint8Array.of(0xfe, 0xff, 0, 0x68)], { mimeType: 'text/plain', text: 'h' }],
  ['half of UTF-16', [Uint8Array.of(0xff, 0xfe, 0x68)], { mimeType: 'text/plain', text: '\ufffd' }],
  ['no UTF-8', [Uint8Array.of(0x66, 0xfc, 0x72)], { mimeType: 'text/plain', text: 'f\ufffdr' }],
  [
    'one bad byte behind much text',
    ['x'.repeat(900), Uint8Array.of(0xff), 'y'],
    { mimeType: 'text/plain', text: `${'x'.repeat(900)}\ufffdy` },
  ],
  [
    'a character cut at the end',
    [Uint8Array.of(0x61, 0xe2, 0x82)],
    { mimeType: 'text/plain', text: 'a\ufffd' },
  ],
  [
    'half a pair in UTF-16',
    [Uint8Array.of(0xff, 0xfe, 0x3d, 0xd8, 0x61, 0)],
    { mimeType: 'text/plain', text: '\ufffda' },
  ],
  [
    'control characters',
    [Uint8Array.of(0xff, 1, 2, 3, 0x61)],
    { mimeType: 'application/octet-stream', blob: '/wECA2E=' },
  ],
] as const) {
  test(`the resource reads ${what}`, async () => {
    assert.equal(await desk({ content }).read('file:///a'), { uri: 'file:///a', ...expected });
  });
}

for (const [what, options] of [
  ['by its size', { size: 1001 }],
  ['though its size is said to be nothing', { content: ['x'.repeat(600), 'x'.repeat(600)], size: 0 }],
  ['once its text is escaped', { content: ['"'.repeat(600)] }],
  ['once its bytes are base64', { content: [new Uint8Array(752)] }],
] as const) {
  test(`a file too large ${what} is refused, with the tool that reads it in parts`, async () => {
    const { read, state } = desk(options);
    const error = await refusalOf(read('file:///a'));
    assert.is(error.code, 'resource.too-large');
    assert.match(error.message, /"\/a" would take more than 1000 bytes.*read_file/);
    assert.is(state.closed, 1);
  });
}

test('no more of a file is read than decides that it is too large', async () => {
  const { read, state } = desk({ content: Array.from({ length: 100 }, () => 'x'.repeat(600)), size: 0 });
  assert.is(await codeOf(read('file:///a')), 'resource.too-large');
  assert.is(state.chunks, 2);
});

test('a file that just fits is read', async () => {
  assert.is((await desk({ content: ['x'.repeat(1000)] }).read('file:///a'))?.text?.length, 1000);
  assert.is((await desk({ content: [new Uint8Array(750)] }).read('file:///a'))?.blob?.length, 1000);
});

test('a file that isn’t there is no resource', async () => {
  const { read, watch } = desk({
    refusal: new DomainError('file.not-found', 'not-found', 'There is no "/a"'),
  });
  for (const work of [read, watch]) {
    const error = await refusalOf(work('file:///a'));
    assert.equal([error.code, error.data], ['resource.not-found', { uri: 'file:///a' }]);
  }
});

test('a refusal of the path policy stays what it is', async () => {
  const refusal = new DomainError('path.outside', 'forbidden', 'Not there');
  const { read, watch } = desk({ refusal });
  assert.is(await refusalOf(read('file:///etc/passwd')), refusal);
  assert.is(await refusalOf(watch('file:///etc/passwd')), refusal);
});

test('a file URI that names nothing says why, instead of "not found"', async () => {
  assert.is(await codeOf(desk().read('file://etc/hosts')), 'resource.uri-invalid');
  assert.is(await codeOf(desk().watch('file:///a#b')), 'resource.uri-invalid');
});

test('other schemes are not its business', () => {
  assert.is(desk().definition.match?.('http://home/me'), undefined);
});

test('watches, and leaves the file it looked at closed', async () => {
  const { watch, state } = desk();
  const release = await watch('file:///a');
  assert.equal([state.watched, state.closed], [1, 1]);
  release?.();
  assert.is(state.watched, 0);
});

for (const [typed, prefix, found, values] of [
  ['', '/', ['/home/me/'], ['home/me/']],
  ['home/m', '/home/m', ['/home/me/', '/home/mo'], ['home/me/', 'home/mo']],
  ['/home/m', '/home/m', ['/home/me/'], ['/home/me/']],
  ['~/a', '~/a', ['~/a b'], ['~/a b']],
  ['a\\b', '/a\\b', ['/a\\b\\c'], ['a\\b\\c']],
] as const) {
  test(`the resource completes ${JSON.stringify(typed)}`, async () => {
    const { complete, state } = desk({ completions: found });
    assert.equal(await complete(typed), values);
    assert.equal(state.completed, [prefix]);
  });
}

test('the resource completes on Windows with slashes, as URIs have them', async () => {
  const { complete, state } = desk({ platform: 'windows', completions: ['C:\\Users\\me/'] });
  assert.equal(await complete('C:/U'), ['C:/Users/me/']);
  assert.equal(state.completed, ['C:/U']);
});

test.run();
