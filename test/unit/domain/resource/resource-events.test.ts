import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  resourceRead,
  resourceRegistered,
  resourceUpdated,
} from '../../../../src/domain/resource/resource-events.ts';
import type { EventId } from '../../../../src/domain/shared/domain-event.ts';

const test = suite('resource-events');

const stamp = { eventId: 'e-1' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
const shared = { ...stamp, aggregate: { type: 'resource', id: 'test://a' } };

test('registrations and changes are told in this process only', () => {
  const payload = { uri: 'test://a' };
  assert.equal(resourceRegistered('test://a', stamp), {
    ...shared,
    type: 'ResourceRegistered',
    class: 'registration',
    payload,
  });
  assert.equal(resourceUpdated('test://a', stamp), {
    ...shared,
    type: 'ResourceUpdated',
    class: 'registration',
    payload,
  });
});

test('what a caller can put into a URI is not in the name of its event', () => {
  for (const [uri, id] of [
    ['status://health', 'status://health'],
    ['file:///home/ada/secret.txt', 'file:{…}'],
    ['x://u:secret@h/p', 'x:{…}'],
    ['secret', ':{…}'],
  ] as const)
    assert.is(resourceUpdated(uri, stamp).aggregate.id, id);
});

test('a reading is audited with its outcome', () => {
  assert.equal(resourceRead({ uri: 'test://a', success: false }, stamp), {
    ...shared,
    type: 'ResourceRead',
    class: 'audit',
    payload: { uri: 'test://a', success: false },
  });
});

test.run();
