import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { promptExecuted, promptRegistered } from '../../../../src/domain/prompt/prompt-events.ts';
import type { EventId } from '../../../../src/domain/shared/domain-event.ts';

const test = suite('prompt-events');

const stamp = { eventId: 'e-1' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
const shared = { ...stamp, aggregate: { type: 'prompt', id: 'greet' } };

test('a registration is told in this process only', () => {
  assert.equal(promptRegistered('greet', stamp), {
    ...shared,
    type: 'PromptRegistered',
    class: 'registration',
    payload: { promptName: 'greet' },
  });
});

test('a prompt that was got is audited with its outcome', () => {
  assert.equal(promptExecuted({ promptName: 'greet', success: true }, stamp), {
    ...shared,
    type: 'PromptExecuted',
    class: 'audit',
    payload: { promptName: 'greet', success: true },
  });
});

test.run();
