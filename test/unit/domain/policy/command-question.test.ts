import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { describeCommand } from '../../../../src/domain/policy/command-question.ts';

const test = suite('command-question');

const about = (given: Partial<Parameters<typeof describeCommand>[0]>) =>
  describeCommand({ line: { command: 'make' }, directory: '/work', environment: {}, ...given });

test('shows a line for the shell and where it runs', () => {
  assert.is(about({}), 'Run this command with the shell?\nmake\nIn: /work');
});

test('shows a program with its arguments so that their borders can be seen', () => {
  assert.match(about({ line: { argv: ['rm', 'a b'] } }), 'Run this command?\n["rm","a b"]\n');
});

test('shows what else decides what happens: variables and input', () => {
  const question = about({ environment: { LD_PRELOAD: '/tmp/x.so' }, stdin: 'rm -r .\n' });
  assert.match(question, 'With variables: {"LD_PRELOAD":"/tmp/x.so"}');
  assert.match(question, 'With input: "rm -r .\\n"');
});

test('cuts what is long in its middle: the end can’t be pushed out of sight', () => {
  const question = about({ line: { command: `echo ${' '.repeat(100_000)}; rm -r ~` } });
  assert.ok(question.length < 2500);
  assert.match(question, 'Run this command with the shell?\necho ');
  assert.match(question, '[… 98014 characters not shown …]');
  assert.match(question, '; rm -r ~\nIn: /work');
  assert.ok(about({ stdin: 'x'.repeat(100_000), environment: { A: 'x'.repeat(100_000) } }).length < 1500);
});

test('a cut leaves no half of a character', () => {
  for (const shift of ['', 'x'])
    for (const command of [shift + '😀'.repeat(3000), '😀'.repeat(3000) + shift])
      assert.ok(about({ line: { command } }).isWellFormed());
});

test('characters that hide or reorder others are shown by their numbers', () => {
  const command = 'echo safe\r\u202e\u200b\x1b[2K\u0000 \u2028x\u{e0041}';
  assert.match(
    about({ line: { command } }),
    'echo safe\\u{d}\\u{202e}\\u{200b}\\u{1b}[2K\\u{0} \\u{2028}x\\u{e0041}\n',
  );
});

test('lines, tabs and letters of all languages stay', () => {
  assert.match(about({ line: { command: 'echo ä 日本 😀\n\tb' } }), 'echo ä 日本 😀\n\tb\n');
});

test.run();
