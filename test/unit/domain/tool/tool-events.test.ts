import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SessionId } from '../../../../src/domain/session/session-events.ts';
import type { EventId } from '../../../../src/domain/shared/domain-event.ts';
import { describeTool } from '../../../../src/domain/tool/tool.ts';
import { toolExecuted, toolRegistered } from '../../../../src/domain/tool/tool-events.ts';

const test = suite('tool-events');

const stamp = { eventId: 'e-1' as EventId, occurredAt: '2026-01-01T00:00:00.000Z' };
const tool = describeTool({
  name: 'look',
  title: 'Look',
  description: 'Looks.',
  category: 'system',
  tags: [],
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  inputSchema: () => ({ type: 'object' }),
});

test('a registration is told in this process only', () => {
  assert.equal(toolRegistered(tool, stamp), {
    ...stamp,
    type: 'ToolRegistered',
    class: 'registration',
    aggregate: { type: 'tool', id: 'look' },
    payload: { toolName: 'look', category: 'system' },
  });
});

test('a call is audited with its outcome and its duration', () => {
  const payload = { sessionId: 's' as SessionId, toolName: 'look', success: true, durationMs: 12.5 };
  assert.equal(toolExecuted(payload, stamp), {
    ...stamp,
    type: 'ToolExecuted',
    class: 'audit',
    aggregate: { type: 'tool', id: 'look' },
    payload,
  });
});

test.run();
