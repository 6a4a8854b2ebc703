import { Writable } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FrameWriter } from '../../../../src/presentation/transport/frame-writer.ts';

const test = suite('frame-writer');

const MIB = 1024 * 1024;

/** A stream whose reader reads only when the test says so, and the writer before it. */
function open() {
  const writes: string[] = [];
  const slowness: boolean[] = [];
  let read: (() => void) | undefined;
  let isReading = true;
  const stream = new Writable({
    decodeStrings: false,
    write(_chunk, _encoding, done) {
      if (isReading) done();
      else read = done;
    },
    destroy(error, done) {
      read?.(); // as libuv does: a write under way is ended with the pipe
      done(error);
    },
  });
  const write = ((text: string | Uint8Array, written?: () => void) => {
    if (text !== '') writes.push(text.toString());
    return stream.write(text, written);
  }) as Writable['write'];
  const writer = new FrameWriter({ stream, write, onBackpressure: (isSlow) => slowness.push(isSlow) });
  return {
    stream,
    writer,
    writes,
    slowness,
    /** The reader reads nothing from here on. */
    stop: () => {
      isReading = false;
    },
    /** The reader reads everything, now and from here on. */
    resume: () => {
      isReading = true;
      read?.();
    },
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('frames are written as lines, in order, those of one iteration together', async () => {
  const { writer, writes } = open();
  for (const frame of ['a', 'é', '😀']) writer.send(frame);
  assert.equal(writes, [], 'not before the iteration is over');
  await settle();
  writer.send('d');
  await settle();
  assert.equal(writes, ['a\né\n😀\n', 'd\n']);
});

test('what is sent while work is gathered leaves at its end', async () => {
  const { writer, writes } = open();
  writer.send('before');
  writer.gather(() => {
    writer.send('a');
    writer.send('b');
    assert.equal(writes, []);
  });
  assert.equal(writes, ['before\na\nb\n']);
  writer.send('after');
  await settle();
  assert.equal(writes, ['before\na\nb\n', 'after\n']);
});

test('large frames go alone, whole, and in their place', async () => {
  const { writer, writes } = open();
  const large = 'x'.repeat(100_000);
  for (const frame of ['a', large, 'b', 'c', large, large]) writer.send(frame);
  await settle();
  assert.equal(writes.join(''), ['a', large, 'b', 'c', large, large, ''].join('\n'));
  assert.ok(writes.every((text) => text.endsWith('\n')));
  assert.is(writes.length, 5);
});

const PART = 64 * 1024;
const WHOLE = 256 * 1024;

test('a frame of many parts goes out whole: nothing gets in between, no pair of surrogates is split', async () => {
  const { writer, writes, stop, resume } = open();
  const long = `${'x'.repeat(PART - 1)}😀${'é'.repeat(2 * WHOLE)}`;
  stop();
  for (const frame of ['a', long, 'b', long]) writer.send(frame);
  await settle();
  writer.send('c');
  await settle();
  assert.is(writes.length, 2, 'a part waits for the one before');
  resume();
  await writer.finish();
  assert.ok(writes.every((text) => text.length <= WHOLE && text.isWellFormed()));
  assert.is(writes.join(''), ['a', long, 'b', long, 'c', ''].join('\n'));
});

test('the writer is finished when the last part is with the operating system', async () => {
  const { writer, writes, stop, resume } = open();
  stop();
  writer.send('x'.repeat(2 * WHOLE));
  let isFinished = false;
  const finished = writer.finish().then(() => {
    isFinished = true;
  });
  await settle();
  assert.not(isFinished);
  resume();
  await finished;
  assert.is(writes.join('').length, 2 * WHOLE + 1);
});

test('the writer is finished when the reader goes between two parts', async () => {
  const { stream, writer, writes, stop } = open();
  stream.on('error', () => writer.break());
  stop();
  writer.send('x'.repeat(2 * WHOLE));
  const finished = writer.finish();
  stream.destroy(new Error('EPIPE'));
  await finished;
  assert.ok(writes.length <= 2, 'what is left is not written into the void');
});

test('small frames are joined to no more than 64 Ki characters', async () => {
  const { writer, writes } = open();
  for (let n = 0; n < 300; n++) writer.send('x'.repeat(999));
  await settle();
  assert.is(writes.join('').length, 300_000);
  assert.ok(writes.every((text) => text.length <= 65_536));
  assert.is(writes.length, 5);
});

test('the writer says that the reader is slow when more than 1 MiB waits, and when it has caught up', async () => {
  const { writer, slowness, stop, resume } = open();
  stop();
  writer.send('x'.repeat(MIB - 1));
  await settle();
  assert.equal(slowness, [], 'a mebibyte may wait');
  writer.send('y');
  await settle();
  assert.equal(slowness, [true]);
  writer.send('z');
  await settle();
  assert.equal(slowness, [true], 'it is said once');
  resume();
  await settle();
  assert.equal(slowness, [true, false]);
});

test('the writer says so before the iteration is over: what is sent meanwhile would wait too', async () => {
  const { writer, slowness } = open();
  for (const _ of [1, 2, 3]) writer.send('x'.repeat(MIB / 2));
  assert.equal(slowness, [true]);
  await settle();
  assert.equal(slowness, [true, false], 'the reader took it all');
});

test('answers are kept for a slow reader; what is droppable is dropped, but only then', async () => {
  const { writer, writes, stop, resume } = open();
  writer.send('progress 1', { droppable: true });
  stop();
  writer.send('x'.repeat(2 * MIB));
  await settle();
  writer.send('progress 2', { droppable: true });
  writer.send('answer');
  writer.send('progress 3', { droppable: true });
  await settle();
  resume();
  await settle();
  writer.send('progress 4', { droppable: true });
  await settle();
  const lines = writes.join('').split('\n');
  assert.equal(
    lines.filter((line) => line.length < 100),
    ['progress 1', 'answer', 'progress 4', ''],
  );
});

test('a reader that was never slow is told nothing when the stream drains', async () => {
  const { stream, slowness } = open();
  stream.emit('drain');
  assert.equal(slowness, []);
});

test('the writer writes nothing once the reader is gone, not even what waited', async () => {
  const { writer, writes } = open();
  writer.send('a');
  writer.break();
  writer.send('b');
  await settle();
  assert.equal(writes, []);
  await writer.finish();
});

test('the writer is finished when everything is with the operating system', async () => {
  const { writer, writes, stop, resume } = open();
  stop();
  writer.send('a');
  let isFinished = false;
  const finished = writer.finish().then(() => {
    isFinished = true;
  });
  assert.equal(writes, ['a\n'], 'what waited for the iteration to end is written at once');
  await settle();
  assert.not(isFinished);
  resume();
  await finished;
});

test('the writer is finished at once when there is nothing to write', async () => {
  await open().writer.finish();
});

test('the writer is finished when the reader goes meanwhile', async () => {
  const { stream, writer, stop } = open();
  stream.on('error', () => writer.break());
  stop();
  writer.send('a');
  const finished = writer.finish();
  stream.destroy(new Error('EPIPE'));
  await finished;
});

test('the writer goes on after work that failed', async () => {
  const { writer, writes } = open();
  const failing = () => {
    writer.send('before');
    throw new TypeError('boom');
  };
  assert.throws(() => writer.gather(failing), 'boom');
  writer.send('after');
  await settle();
  assert.equal(writes, ['before\n', 'after\n']);
});

test.run();
