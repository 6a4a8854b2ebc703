import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  createMarks,
  MARK_VARIABLE,
  marksIn,
  withMark,
} from '../../../../../src/infrastructure/processes/terminate/command-mark.ts';

const test = suite('command-mark');

const block = (variables: Record<string, string>) =>
  Buffer.from(
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\0`)
      .join(''),
  );

test('each mark is new, and each server’s are its own', () => {
  const one = createMarks();
  const other = createMarks();
  assert.is(new Set([one(), one(), other(), other()]).size, 4);
});

test('a mark is found where it stands in the environment', () => {
  assert.equal(marksIn(block(withMark({ A: '1' }, 'm.1'))), ['m.1']);
  assert.equal(marksIn(block({ A: '1', ...withMark({}, 'm.1'), B: '2' })), ['m.1']);
});

test('a command within a command carries both marks', () => {
  const inner = withMark(withMark({}, 'outer.1'), 'inner.7');
  assert.equal(marksIn(block(inner)), ['outer.1', 'inner.7']);
});

test('another variable that ends like ours, or a value that looks like it, is no mark', () => {
  assert.equal(marksIn(block({ [`X${MARK_VARIABLE}`]: 'm.1', Y: `${MARK_VARIABLE}=m.1` })), []);
  assert.equal(marksIn(block({ [`X${MARK_VARIABLE}`]: 'm.1', [MARK_VARIABLE]: 'm.2' })), ['m.2']);
  assert.equal(marksIn(Buffer.alloc(0)), []);
});

test('an environment that was cut off still has its mark', () => {
  assert.equal(marksIn(Buffer.from(`A=1\0${MARK_VARIABLE}=m.1`)), ['m.1']);
});

test.run();
