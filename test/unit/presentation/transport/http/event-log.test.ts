import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EventLog } from '../../../../../src/presentation/transport/http/event-log.ts';

const test = suite('event-log');

test('gives what came on a stream since an event, and nothing of other streams', () => {
  const log = new EventLog();
  const first = log.add(1, 'a');
  log.add(2, 'other');
  log.add(1, 'b');
  log.add(1, 'c');
  const { stream, missed } = log.after(first) ?? { missed: [] };
  assert.is(stream, 1);
  assert.equal(
    missed.map(([, frame]) => frame),
    ['b', 'c'],
  );
});

test('what was missed has the ids under which it was sent', () => {
  const log = new EventLog();
  const [first, second] = [log.add(3, 'a'), log.add(3, 'b')];
  assert.equal(log.after(first)?.missed, [[second, 'b']]);
  assert.equal(log.after(second)?.missed, []);
});

test('a mark gives all that comes after it', () => {
  const log = new EventLog();
  log.add(1, 'before');
  const mark = log.mark(1);
  log.add(1, 'after');
  assert.equal(
    log.after(mark)?.missed.map(([, frame]) => frame),
    ['after'],
  );
});

for (const id of ['', 'x', '1', '1.', '.1', '1.2.3', '1.99', '-1.0', '1.-1', '1.1e0', '01.0x']) {
  test(`knows no event ${JSON.stringify(id)}`, () => {
    const log = new EventLog();
    log.add(1, 'a');
    assert.is(log.after(id), undefined);
  });
}

test('forgets the oldest when there are too many, and says so', () => {
  const log = new EventLog();
  const ids = Array.from({ length: 600 }, (_, at) => log.add(1, String(at)));
  assert.is(log.after(ids[0] ?? ''), undefined);
  assert.is(log.after(ids[599 - 512] ?? '')?.missed.length, 512);
});

test('forgets the oldest when they are too long, but never the newest', () => {
  const log = new EventLog();
  const small = log.add(1, 'small');
  const large = log.add(1, 'x'.repeat(2 * 1024 * 1024));
  assert.is(log.after(log.mark(1))?.missed.length, 0);
  assert.is(log.after(small)?.missed[0]?.[0], large);
  const next = log.add(1, 'y'.repeat(2 * 1024 * 1024));
  assert.is(log.after(small), undefined);
  assert.equal(log.after(large)?.missed[0]?.[0], next);
});

test.run();
