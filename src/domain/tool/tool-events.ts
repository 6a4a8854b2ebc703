import type { SessionId } from '../session/session-events.ts';
import type { DomainEvent, EventStamp, RequestOutcome } from '../shared/domain-event.ts';
import type { Tool, ToolCategory } from './tool.ts';

export type ToolRegistered = DomainEvent<
  'ToolRegistered',
  { readonly sessionId?: SessionId; readonly toolName: string; readonly category: ToolCategory },
  'registration'
>;

export type ToolExecuted = DomainEvent<
  'ToolExecuted',
  RequestOutcome & {
    /** Absent where the caller has no session: the modern era, the command line. */
    readonly sessionId?: SessionId;
    readonly toolName: string;
    readonly durationMs: number;
    /** In this process only: it can quote what the caller gave. */
    readonly errorMessage?: string;
  },
  'audit'
>;

const aggregate = (toolName: string) => ({ type: 'tool', id: toolName });

export function toolRegistered(tool: Tool, stamp: EventStamp): ToolRegistered {
  return {
    ...stamp,
    type: 'ToolRegistered',
    class: 'registration',
    aggregate: aggregate(tool.name),
    payload: { toolName: tool.name, category: tool.category },
  };
}

export function toolExecuted(payload: ToolExecuted['payload'], stamp: EventStamp): ToolExecuted {
  return {
    ...stamp,
    type: 'ToolExecuted',
    class: 'audit',
    aggregate: aggregate(payload.toolName),
    payload,
  };
}
