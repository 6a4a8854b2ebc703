import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { OpenFile } from '../../../../src/application/ports/files.ts';
import { readAll } from '../../../../src/application/text/text-lines.ts';
import { failureOf } from '../../../support/failure.ts';

const test = suite('text-lines');

const never = new AbortController().signal;

/** A file that says it has `size` bytes, and has these. */
function fileOf(size: number, ...chunks: readonly string[]) {
  let handedOut = 0;
  const file: OpenFile = {
    path: '/a',
    size,
    modified: '',
    async *chunks() {
      for (const chunk of chunks) {
        handedOut += 1;
        yield Buffer.from(chunk);
      }
    },
    close: async () => undefined,
  };
  return { file, handedOut: () => handedOut };
}

test('the reader reads all of a file that has no more than is wanted', async () => {
  const { file } = fileOf(4, 'ab', 'cd');
  assert.equal(Buffer.from((await readAll(file, 4, never)) ?? '').toString(), 'abcd');
});

test('the reader reads nothing of a file that says that it is larger', async () => {
  const { file, handedOut } = fileOf(5, 'abcde');
  assert.is(await readAll(file, 4, never), undefined);
  assert.is(handedOut(), 0);
});

test('the reader reads on no further in a file that grows, or never says how large it is', async () => {
  for (const size of [0, 4]) {
    const { file, handedOut } = fileOf(size, 'abc', 'def', 'ghi');
    assert.is(await readAll(file, 4, never), undefined);
    assert.is(handedOut(), 2);
  }
});

test('the reader stops when nobody waits any more', async () => {
  const { file } = fileOf(4, 'abcd');
  const reason = new Error('cancelled');
  assert.is(await failureOf(readAll(file, 4, AbortSignal.abort(reason))), reason);
});

test.run();
