import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { alignColumns } from '../../../../../src/presentation/cli/terminal/align-columns.ts';

const test = suite('alignColumns');

test('the layout starts columns at the same place and pads no line end', () => {
  assert.equal(
    alignColumns([
      ['a', 'long one', 'x'],
      ['bcd', 'b', 'a longer one'],
    ]),
    ['a    long one  x', 'bcd  b         a longer one'],
  );
});

test('the layout takes rows of different lengths', () => {
  assert.equal(alignColumns([['a'], ['b', 'c'], []]), ['a', 'b  c', '']);
});

test.run();
