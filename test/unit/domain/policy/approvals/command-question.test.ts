import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { describeCommand } from '../../../../../src/domain/policy/approvals/command-question.ts';
import { refusedWith } from '../../../../support/failure.ts';

const test = suite('command-question');

type Command = Parameters<typeof describeCommand>[0];

const about = (given: Partial<Command>) =>
  describeCommand({ line: { command: 'make' }, directory: '/work', environment: {}, timeout: 30, ...given });

test('the question shows a line for the shell, where it runs and how long', () => {
  assert.is(
    about({}),
    `Run this command with the shell?

    | make

In the directory:

    | /work

It is ended after 30 s`,
  );
});

test('the question shows a program with its arguments so that their borders can be seen', () => {
  assert.match(
    about({ line: { argv: ['rm', 'a b', 'x" "y', ''] } }),
    'Run this program with these arguments?\n\n    | "rm" "a b" "x\\" \\"y" ""\n',
  );
});

test('the question shows what else decides what happens: variables and input', () => {
  const question = about({ environment: { LD_PRELOAD: '/tmp/x.so', 'A\nB': 'c' }, stdin: 'rm -r .\n' });
  assert.match(question, 'With the variables:\n\n    | LD_PRELOAD="/tmp/x.so"\n    | "A\\nB"="c"\n');
  assert.match(question, 'With the input:\n\n    | rm -r .\n    | \n');
});

test('an empty input is shown as well', () => {
  assert.match(about({ stdin: '' }), 'With the input:\n\n    | \n');
});

const OURS =
  /^(?:Run this (?:command with the shell|program with these arguments)\?|In the directory:|With the variables:|With the input:|It is ended after \S+ s|)$/;

/** Texts that try to pass for lines of ours, to be out of sight or to wrap into a line without a mark. */
const forgeries: readonly (readonly [string, Partial<Command>])[] = [
  ['further lines', { line: { command: 'ls\nIn: /safe\nWith input: "nothing"' } }],
  [
    'our own labels',
    { line: { command: 'ls\n\nIn the directory:\n\n    | /safe\n\nIt is ended after 1 s' } },
  ],
  ['marks', { line: { command: '    | ls\n    : x' } }],
  ['carriage returns', { line: { command: 'rm x\rIn the directory:\r\n' } }],
  ['other line ends', { line: { command: 'rm\u2028In:\u2029In:\u0085In:\vIn:\fIn:' } }],
  ['blanks that fill a line', { line: { command: `ls${' '.repeat(90)}In the directory: /safe` } }],
  [
    'blanks that fill a line, in parts',
    { line: { command: `ls${`${' '.repeat(24)}.`.repeat(4)}In: /safe` } },
  ],
  ['letters that fill a line', { line: { command: `ls ${'x'.repeat(90)} In the directory: /safe` } }],
  ['wide letters that fill a line', { line: { command: `ls ${'漢'.repeat(60)} In: /safe` } }],
  ['a directory with lines', { directory: '/work\nWith the input:\n    | nothing' }],
  ['an argument with lines', { line: { argv: ['a', 'b\nIn the directory:'] } }],
  ['a variable with lines', { environment: { A: 'x\nB="y"' } }],
  ['a name with lines', { environment: { 'A\nIn the directory:': 'x' } }],
  ['input with lines', { stdin: 'a\n\nIt is ended after 1 s' }],
  ['Markdown', { line: { command: '<!--\n```\n# x\n--> [a](b)' } }],
];

for (const [what, given] of forgeries) {
  test(`every line of what is shown is marked: ${what}`, () => {
    const lines = about(given).split('\n');
    for (const line of lines) {
      assert.ok(/^ {4}[|:] /.test(line) || OURS.test(line), JSON.stringify(line));
      assert.ok(line.length <= 106, `${line.length} characters`);
    }
    assert.is(lines.filter((line) => line === 'In the directory:').length, 1);
    assert.is(lines.filter((line) => line.startsWith('It is ended')).length, 1);
  });
}

test('code in Markdown: a blank line stands before the marked ones', () => {
  const lines = about({ environment: { A: 'b' }, stdin: 'c' }).split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('    |')) assert.ok(['', '    |'].includes((lines[index - 1] as string).slice(0, 5)));
  }
});

const tooLong: readonly (readonly [string, Partial<Command>])[] = [
  ['a command', { line: { command: `echo ${'x'.repeat(2000)}; rm -r ~` } }],
  ['a command of blanks', { line: { command: `echo ${' '.repeat(100_000)}; rm -r ~` } }],
  ['a command of lines', { line: { command: `ls${'\n'.repeat(40)}rm -r ~` } }],
  ['a command of characters that are shown by number', { line: { command: '\u3164'.repeat(300) } }],
  ['an argument', { line: { argv: ['echo', 'x'.repeat(2000)] } }],
  ['arguments', { line: { argv: Array.from({ length: 1000 }, () => 'x') } }],
  ['a value', { environment: { A: 'x'.repeat(2000) } }],
  ['a name', { environment: { ['A'.repeat(2000)]: '' } }],
  ['values', { environment: { A: 'x'.repeat(900), LD_PRELOAD: '/tmp/x.so', Z: 'y'.repeat(900) } }],
  ['variables', { environment: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`A${n}`, ''])) }],
  ['input', { stdin: 'x'.repeat(10_000_000) }],
  ['input of lines', { stdin: 'x\n'.repeat(40) }],
  ['a directory', { directory: `/${'x'.repeat(2000)}` }],
];

for (const [what, given] of tooLong) {
  test(`what can't be shown whole is refused with a way to do it: ${what}`, () => {
    assert.throws(
      () => about(given),
      refusedWith(
        'approval.too-long',
        /at most 40 lines and 2000 characters, got \d+ lines and \d+ characters; write what is long to a file/,
      ),
    );
  });
}

test('what a reader would cut is shown whole, or refused', () => {
  const long = { A: 'x'.repeat(400), LD_PRELOAD: '/tmp/x.so', Z: 'y'.repeat(400) };
  assert.match(about({ environment: long }), 'LD_PRELOAD="/tmp/x.so"');
});

test('different commands are asked about differently', async () => {
  const command = fc.string({ unit: 'binary', maxLength: 200 });
  await fc.assert(
    fc.property(command, command, (one, other) => {
      fc.pre(one !== other);
      const asked = (text: string) => {
        try {
          return about({ line: { command: text } });
        } catch {
          return text;
        }
      };
      assert.is.not(asked(one), asked(other));
    }),
  );
});

test.run();
