import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wrapText } from '../../../../../src/presentation/cli/terminal/wrap-text.ts';

const test = suite('wrapText');

const wrapped: readonly (readonly [text: string, columns: number, indent: string, readonly string[]])[] = [
  ['', 10, '', ['']],
  ['one two three', 80, '', ['one two three']],
  ['one two three', 7, '', ['one two', 'three']],
  ['  one two three', 9, '    ', ['  one two', '    three']],
  ['Name      one two', 13, '          ', ['Name      one', '          two']],
  ['a-very-long-word and', 5, '  ', ['a-very-long-word', '  and']],
];

for (const [text, columns, indent, lines] of wrapped) {
  test(`the wrapper fits ${JSON.stringify(text)} into ${columns} columns`, () =>
    assert.equal(wrapText(text, columns, indent), lines));
}

test.run();
