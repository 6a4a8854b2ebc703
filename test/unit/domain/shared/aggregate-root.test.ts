import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AggregateRoot } from '../../../../src/domain/shared/aggregate-root.ts';
import type { DomainEvent, EventId } from '../../../../src/domain/shared/domain-event.ts';

const test = suite('aggregate-root');

type Happened = DomainEvent<'Happened', { readonly n: number }>;

class Counter extends AggregateRoot<Happened> {
  happen(n: number): void {
    this.record({
      type: 'Happened',
      class: 'state',
      eventId: `e-${n}` as EventId,
      occurredAt: '2026-01-01T00:00:00.000Z',
      aggregate: { type: 'counter', id: 'c' },
      payload: { n },
    });
  }
}

const numbers = (events: readonly Happened[]) => events.map(({ payload }) => payload.n);

test('remembers events until they are pulled, oldest first', () => {
  const counter = new Counter();
  assert.equal(counter.pullEvents(), []);
  counter.happen(1);
  counter.happen(2);
  assert.equal(numbers(counter.pullEvents()), [1, 2]);
  counter.happen(3);
  assert.equal(numbers(counter.pullEvents()), [3]);
  assert.equal(counter.pullEvents(), []);
});

test('what was handed over grows no more', () => {
  const counter = new Counter();
  const pulled = counter.pullEvents();
  counter.happen(1);
  assert.equal(pulled, []);
});

test.run();
