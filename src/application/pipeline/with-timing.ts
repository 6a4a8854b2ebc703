import { toolExecuted } from '../../domain/tool/tool-events.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import { Unanswered } from '../asking.ts';
import type { ExecuteTool } from '../commands/execute-tool.ts';
import type { EventBus } from '../events/event-bus.ts';
import { observed } from '../eventual.ts';
import type { Occurrences } from '../occurrences.ts';
import type { Clock } from '../ports/clock.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly occur: Occurrences;
}

/** Times every finished call of a tool and tells it as ToolExecuted: once a call, not once a round of questions. */
export function withTiming(
  { clock, events, occur }: Dependencies,
  next: UseCase<ExecuteTool, ToolResult>,
): UseCase<ExecuteTool, ToolResult> {
  return (message, context) => {
    if (!events.hears('ToolExecuted')) return next(message, context);
    const started = clock.monotonic();
    const tell = (outcome: { success: boolean; errorMessage?: string }) => {
      const { sessionId } = context;
      const subject = { toolName: message.name.slice(0, 140), ...(sessionId !== undefined && { sessionId }) };
      const durationMs = clock.monotonic() - started;
      events.publish([toolExecuted({ ...subject, ...outcome, durationMs }, occur())]);
    };
    return observed(() => next(message, context), {
      done: (result) => tell({ success: !result.isError }),
      failed: (error) => {
        if (error instanceof Unanswered) return;
        tell({ success: false, errorMessage: error instanceof Error ? error.message : String(error) });
      },
    });
  };
}
