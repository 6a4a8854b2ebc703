import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SharedBudget } from '../../../../../../src/presentation/transport/http/connections/shared-budget.ts';
import { EventLog } from '../../../../../../src/presentation/transport/http/streamable/event-log.ts';

const test = suite('event-log');

const unlimited = () => new SharedBudget({ total: Number.POSITIVE_INFINITY });

/** A log whose streams 1 to 4 are open. */
function openLog(budget = unlimited(), owner = 'ada'): EventLog {
  const log = new EventLog(budget, owner);
  for (const stream of [1, 2, 3, 4]) log.open(stream);
  return log;
}

test('the log gives what came on a stream since an event, and nothing of other streams', () => {
  const log = openLog();
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
  const log = openLog();
  const [first, second] = [log.add(3, 'a'), log.add(3, 'b')];
  assert.equal(log.after(first)?.missed, [[second, 'b']]);
  assert.equal(log.after(second)?.missed, []);
});

test('a mark gives all that comes after it', () => {
  const log = openLog();
  log.add(1, 'before');
  const mark = log.mark(1);
  log.add(1, 'after');
  assert.equal(
    log.after(mark)?.missed.map(([, frame]) => frame),
    ['after'],
  );
});

for (const id of [
  '',
  'x',
  '1',
  '1.',
  '.1',
  '1.2.3',
  '1.99',
  '-1.0',
  '1.-1',
  '1.1e0',
  '01.0x',
  '01.1',
  '1.01',
  '99.0',
  '5.1',
]) {
  test(`knows no event ${JSON.stringify(id)}`, () => {
    const log = openLog();
    log.add(1, 'a');
    assert.is(log.after(id), undefined);
  });
}

for (const isFinished of [false, true])
  test(`a stream that lost nothing goes on whatever others lost; finished: ${isFinished}`, () => {
    const log = openLog();
    const marks = [1, 2, 3, 4].map((stream) => log.mark(stream));
    for (const stream of [1, 2, 3]) log.add(stream, String(stream).repeat(500_000));
    if (isFinished) for (const stream of [1, 2, 3]) log.finish(stream);
    assert.equal(
      marks.map((mark) => log.after(mark)?.missed.length),
      [undefined, 1, 1, 0],
    );
    const mark = log.mark(4);
    log.add(1, 'more'.repeat(250_000));
    assert.equal(log.after(mark)?.missed, []);
    log.finish(4);
    assert.is(log.after(marks[3] ?? ''), undefined, 'nobody knows any more');
  });

test('the log forgets the oldest when there are too many, and says so', () => {
  const log = openLog();
  const ids = Array.from({ length: 600 }, (_, at) => log.add(1, String(at)));
  assert.is(log.after(ids[0] ?? ''), undefined);
  assert.is(log.after(ids[599 - 512] ?? '')?.missed.length, 512);
});

test('the log forgets the oldest when they are too long', () => {
  const log = openLog();
  const [first, second, third] = ['x', 'y', 'z'].map((fill) => log.add(1, fill.repeat(600_000)));
  assert.is(log.after(first as string), undefined);
  assert.is(log.after(second as string)?.missed[0]?.[0], third);
});

test('the log keeps none that is longer than all of it: who missed that can not resume, and others can', () => {
  const log = openLog();
  const [small, elsewhere] = [log.add(1, 'small'), log.add(2, 'elsewhere')];
  const large = log.add(1, 'x'.repeat(2 * 1024 * 1024));
  const next = log.add(1, 'next');
  assert.is(log.size, 'smallelsewherenext'.length);
  assert.is(log.after(small), undefined);
  assert.equal(log.after(large)?.missed, [[next, 'next']]);
  assert.equal(log.after(elsewhere)?.missed, []);
});

/** Logs of `owner` that hold a hundred characters each, in ten events. */
const logsOf = (budget: SharedBudget, owner: string, count: number) =>
  Array.from({ length: count }, () => {
    const log = openLog(budget, owner);
    for (let events = 0; events < 10; events += 1) log.add(1, 'x'.repeat(10));
    return log;
  });
const sizesOf = (logs: readonly EventLog[]) => logs.map(({ size }) => size);

test('loses the older half when all are too long together, where it is the longest of who has most', () => {
  const budget = new SharedBudget({ total: 1000 });
  const adas = logsOf(budget, 'ada', 2);
  const bobs = logsOf(budget, 'bob', 30);
  assert.equal(sizesOf(adas), [100, 100]);
  const total = sizesOf(bobs).reduce((sum, size) => sum + size, 0);
  assert.ok(total <= 800 && total > 700, `${total}`);
  const [shortened] = bobs;
  assert.is(shortened?.after('1.1'), undefined);
  assert.equal(shortened?.after(shortened.mark(1))?.missed, []);
});

test('the log gives its share back when its session ends', () => {
  const budget = new SharedBudget({ total: 1000 });
  for (const log of logsOf(budget, 'bob', 10)) {
    log.close();
    log.add(1, 'late'.repeat(100));
  }
  assert.equal(sizesOf(logsOf(budget, 'ada', 10)), Array(10).fill(100));
});

test.run();
