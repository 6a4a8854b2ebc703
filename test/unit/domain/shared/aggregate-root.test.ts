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

test('an aggregate keeps its events until they are stored, oldest first', () => {
  const counter = new Counter();
  assert.equal(counter.stored(), []);
  counter.happen(1);
  counter.happen(2);
  assert.equal(numbers(counter.pendingEvents), [1, 2], 'a look at them takes none away');
  assert.equal(numbers(counter.stored()), [1, 2]);
  counter.happen(3);
  assert.equal(numbers(counter.stored()), [3]);
  assert.equal(counter.stored(), []);
});

test('events that were looked at or handed over grow no more', () => {
  const counter = new Counter();
  const seen = counter.pendingEvents;
  const handedOver = counter.stored();
  counter.happen(1);
  assert.equal([seen, handedOver], [[], []]);
});

test.run();
