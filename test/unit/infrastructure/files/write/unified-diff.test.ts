import { applyPatch } from 'diff';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unifiedDiff } from '../../../../../src/infrastructure/files/write/unified-diff.ts';

const test = suite('write-diff');

const diff = (before: string | undefined, after: string) => unifiedDiff({ path: 'a', before, after });

test('the diff has nothing to say where nothing changes', async () => {
  assert.is(await diff('same\n', 'same\n'), '');
});

test('the diff says that a file is new', async () => {
  assert.is(await diff(undefined, 'x\n'), '--- /dev/null\n+++ a\n@@ -0,0 +1,1 @@\n+x\n');
  assert.is(await diff(undefined, ''), '--- /dev/null\n+++ a\n');
});

test('the diff gives the new text when it is applied to the old one', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const patch = await diff(before, after);
      if (before !== after) assert.is(applyPatch(before, patch), after);
    }),
  );
});

test('the diff tells what changes nearly everywhere as one block, with its surroundings', async () => {
  const lines = (letter: string) => Array.from({ length: 2000 }, (_, n) => `${letter}${n}\n`).join('');
  for (const [start, end] of [
    ['', ''],
    ['1\n2\n3\n4\n5\n', '6\n7\n8\n9'],
    ['', '6\n7\n'],
    ['1\n', ''],
  ]) {
    const before = `${start}${lines('a')}${end}`;
    const after = `${start}${lines('b').slice(0, -1)}${end}`;
    const patch = await diff(before, after);
    assert.is(patch.match(/^@@/gm)?.length, 1);
    assert.is(applyPatch(before, patch), after);
  }
  assert.is(applyPatch(lines('a'), await diff(lines('a'), '')), '');
});

test.run();
