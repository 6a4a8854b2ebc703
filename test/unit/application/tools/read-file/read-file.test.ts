import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Files } from '../../../../../src/application/ports/files.ts';
import { readFileTool } from '../../../../../src/application/tools/read-file/read-file.ts';
import type { ToolLimits } from '../../../../../src/application/tools/tool-limits.ts';
import { fakeContext } from '../../fake-context.ts';

const test = suite('read_file');

const LARGE = 256 * 1024 + 1;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Files that are read when the test says so; the path tells how large one is. */
function open() {
  const begun: string[] = [];
  const finish = new Map<string, () => void>();
  const files = {
    open: async (path: string) => ({
      path,
      size: path.startsWith('large') ? LARGE : 1,
      modified: '',
      async *chunks() {
        begun.push(path);
        await new Promise<void>((resolve) => finish.set(path, resolve));
        yield new Uint8Array([0x78]);
      },
      close: async () => undefined,
    }),
  } as unknown as Files;
  const limits = { answerBytes: 16_384, maxReadBytes: 1024, maxImageBytes: 1024 } as ToolLimits;
  const grants = { of: async () => ({ roots: [] }) } as never;
  const tool = readFileTool({ files, grants, limits });
  return {
    begun,
    read: (path: string, signal?: AbortSignal) =>
      Promise.resolve(tool.run({ path }, signal ? { ...fakeContext(), signal } : fakeContext())),
    finish: async (path: string) => {
      finish.get(path)?.();
      await settle();
    },
  };
}

test('no more than two large files are read at once; small ones wait for nobody', async () => {
  const { begun, read, finish } = open();
  const reads = ['large 1', 'large 2', 'large 3', 'small'].map((path) => read(path));
  await settle();
  assert.equal([...begun].sort(), ['large 1', 'large 2', 'small']);
  await finish('large 2');
  assert.equal(begun.at(-1), 'large 3');
  for (const path of ['large 1', 'large 3', 'small']) await finish(path);
  for (const result of await Promise.all(reads)) assert.equal(result.content, [{ type: 'text', text: 'x' }]);
});

test('waiting for others to be read can be cancelled', async () => {
  const { begun, read, finish } = open();
  const others = ['large 1', 'large 2'].map((path) => read(path));
  const controller = new AbortController();
  const waiting = read('large 3', controller.signal).catch((error: unknown) => error);
  await settle();
  controller.abort(new Error('cancelled'));
  assert.is(((await waiting) as Error).message, 'cancelled');
  for (const path of ['large 1', 'large 2']) await finish(path);
  await Promise.all(others);
  assert.equal(begun, ['large 1', 'large 2']);
});

test.run();
