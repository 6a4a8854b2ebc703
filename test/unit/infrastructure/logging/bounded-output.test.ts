import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BoundedOutput, MOST_WAITING_BYTES } from '../../../../src/infrastructure/logging/bounded-output.ts';
import { MemoryStream } from './memory-stream.ts';

const test = suite('bounded output');

const NEVER = 2 ** 31 - 1;

/** An output over a stream that nobody reads yet, and what it said about dropped lines. */
function open() {
  const stream = new MemoryStream();
  const dropped: number[] = [];
  const output = new BoundedOutput(stream, (count) => dropped.push(count));
  return { stream, output, dropped };
}

test('the output drops lines while too much waits, and tells how many once all is read', () => {
  const { stream, output, dropped } = open();
  output.write('x'.repeat(MOST_WAITING_BYTES));
  output.write('the last that fits');
  for (let line = 0; line < 5; line++) output.write('too many');
  assert.is(stream.written.length, 2);
  assert.equal(dropped, []);
  stream.readAll();
  assert.equal(dropped, [5]);
  output.write('again');
  stream.readAll();
  assert.is(stream.written.at(-1), 'again');
  assert.equal(dropped, [5]);
});

test('the output flushes at once when nothing waits', async () => {
  await open().output.flush(NEVER);
});

test('the output flushes when the last line is read, the one about dropped lines included', async () => {
  const stream = new MemoryStream();
  const output: BoundedOutput = new BoundedOutput(stream, (count) => output.write(`${count} dropped`));
  output.write('x'.repeat(MOST_WAITING_BYTES + 1));
  output.write('dropped');
  let flushed = false;
  const flushing = output.flush(NEVER).then(() => {
    flushed = true;
  });
  stream.readNext();
  await new Promise(setImmediate);
  assert.not(flushed);
  stream.readNext();
  await flushing;
  assert.is(stream.written.at(-1), '1 dropped');
  assert.is(stream.writableLength, 0);
});

test('the output waits for no reader beyond the deadline', async () => {
  const { output } = open();
  output.write('nobody reads this');
  await output.flush(1);
});

test('the output survives a stream that breaks, and then writes no more', async () => {
  const { stream, output, dropped } = open();
  output.write('x'.repeat(MOST_WAITING_BYTES + 1));
  output.write('dropped');
  const flushing = output.flush(NEVER);
  stream.fail(new Error('EPIPE'));
  await flushing;
  await output.flush(NEVER);
  stream.readAll();
  output.write('after the end');
  await output.flush(NEVER);
  assert.is(stream.written.length, 1);
  assert.equal(dropped, []);
});

test.run();
