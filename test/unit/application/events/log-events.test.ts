import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Event, EventBus, type EventType } from '../../../../src/application/events/event-bus.ts';
import { logEvents } from '../../../../src/application/events/log-events.ts';
import { countingStamps } from '../manual-clock.ts';
import { RecordingLogger } from '../recording-logger.ts';

const test = suite('log-events');

const types: readonly EventType[] = [
  'SessionCreated',
  'SessionInitialized',
  'SessionClosed',
  'ToolRegistered',
  'ToolExecuted',
  'ResourceRegistered',
  'ResourceUpdated',
  'ResourceRead',
  'PromptRegistered',
  'PromptExecuted',
];

const nextStamp = countingStamps();

const eventOf = (type: EventType) =>
  ({
    ...nextStamp(),
    type,
    class: 'audit',
    aggregate: { type: 'thing', id: 'x' },
    payload: { password: 'hunter2' },
  }) as unknown as Event;

for (const type of types) {
  test(`the log writes ${type} with its id and its aggregate, never its payload`, () => {
    const logger = new RecordingLogger();
    const bus = new EventBus(logger);
    logEvents(bus, logger);
    const event = eventOf(type);
    bus.publish([event]);
    assert.equal(logger.records, [
      { level: 'debug', message: type, fields: { event_id: event.eventId, aggregate: 'thing:x' } },
    ]);
  });
}

test('the log listens to nothing where debug is off: events that nobody hears are not made', () => {
  const logger = new RecordingLogger('info');
  const bus = new EventBus(logger);
  logEvents(bus, logger);
  assert.equal(
    types.filter((type) => bus.hears(type, 'audit') || bus.hears(type, 'registration')),
    [],
  );
});

test.run();
