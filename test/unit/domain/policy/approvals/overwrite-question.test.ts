import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { describeOverwrite } from '../../../../../src/domain/policy/approvals/overwrite-question.ts';

const test = suite('overwrite-question');

const header = '--- /work/a\t\n+++ /work/a\t\n';
const about = (given: Partial<Parameters<typeof describeOverwrite>[0]>) =>
  describeOverwrite({ path: '/work/a', bytes: 3, state: '4 bytes of yesterday', change: '', ...given });

test('the question shows the file and what changes in it', () => {
  assert.is(
    about({ change: `${header}@@ -1,1 +1,1 @@\n-old\n+new\n` }),
    `Overwrite this file?

    | /work/a

The change:

    | @@ -1,1 +1,1 @@
    | -old
    | +new

It will have 3 bytes`,
  );
});

test('a change that is too long is told in numbers', () => {
  const change = `${header}@@ -1,1 +1,100 @@\n-old\n${'+new\n'.repeat(100)}`;
  assert.match(
    about({ change }),
    'the change of 4 bytes of yesterday is too long to be shown: at least 100 lines come, 1 go',
  );
});

test('the content that is there already', () => {
  assert.match(about({}), 'It will have 3 bytes; with the content that it has');
});

for (const [what, given] of [
  ['the path', { path: '/work/a\n\nThe change:\n\nnone' }],
  ['the change', { change: `${header}@@ -1,1 +1,2 @@\n-a\n+\rThe change:\u2028x\u200b\n` }],
] as const) {
  test(`every line of what is shown is marked: ${what}`, () => {
    for (const line of about(given).split('\n')) {
      assert.match(line, /^(?: {4}[|:] .*|Overwrite this file\?|The change:|It will have 3 bytes.*|)$/);
    }
  });
}

test('a path that can’t be shown whole is refused', () => {
  assert.throws(() => about({ path: `/${'x/'.repeat(1000)}` }), 'got');
});

test.run();
