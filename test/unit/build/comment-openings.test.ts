import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { questionCommentsOf } from '../../../build/comment-openings.ts';

const test = suite('comment-openings');

for (const [what, source, expected] of [
  [
    'a doc comment is found by its line',
    'const a = 1;\n/** Whether it is open. */\nconst b = 2;',
    ['2 Whether'],
  ],
  [
    "a member's comment is found behind its indentation",
    'interface A {\n  /** How many. */\n  b: 1;\n}',
    ['2 How'],
  ],
  [
    'a comment of several lines is found where it opens',
    '/**\n * Where it ends,\n * or 0.\n */',
    ['1 Where'],
  ],
  ['a plain comment counts', '/* Why not. */\n// Whatever it says.', ['1 Why', '2 Whatever']],
  ['a comment that goes on may begin a line so', '// The process has ended.\n// Who reads hears of it.', []],
  ['a later sentence may begin so', '/**\n * Passes events on.\n * Who reads them waits.\n */', []],
  ['a remark behind code may be a phrase', 'leave(); // what waited is gone\nleave(); // Whoever waits', []],
  ['a longer word is another word', '/** Whereas this is not. */\n/** Whole lines. */\n/** Howling. */', []],
  ['a question word inside of text is none', "const text = '/** What is this. */';", []],
  ['time is no question', '/** When it began. */', []],
] as const) {
  test(what, () => {
    assert.equal(
      questionCommentsOf(source).map(({ line, word }) => `${line} ${word}`),
      expected,
    );
  });
}

test.run();
