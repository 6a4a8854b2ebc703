import { toolExecuted } from '../../domain/tool/tool-events.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import { Unanswered } from '../asking.ts';
import type { ExecuteTool } from '../commands/execute-tool.ts';
import type { Statistics } from '../events/collect-statistics.ts';
import type { EventBus } from '../events/event-bus.ts';
import { observed } from '../eventual.ts';
import type { Occurrences } from '../occurrences.ts';
import type { Clock } from '../ports/clock.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly occur: Occurrences;
  readonly statistics: Pick<Statistics, 'record'>;
}

/**
 * Times every finished call of a tool: once a call, not once a round of questions. It goes into the statistics as it is, a tenth
 * of what an event costs, and is told as ToolExecuted where that is heard.
 */
export function withTiming(
  { clock, events, occur, statistics }: Dependencies,
  next: UseCase<ExecuteTool, ToolResult>,
): UseCase<ExecuteTool, ToolResult> {
  return (message, context) => {
    const started = clock.monotonic();
    const tell = (success: boolean, errorMessage?: string) => {
      const durationMs = clock.monotonic() - started;
      statistics.record(message.name, durationMs, success);
      if (!events.hears('ToolExecuted')) return;
      const { sessionId } = context;
      const payload = {
        toolName: message.name.slice(0, 140),
        ...(sessionId !== undefined && { sessionId }),
        success,
        durationMs,
        ...(errorMessage !== undefined && { errorMessage }),
      };
      events.publish([toolExecuted(payload, occur())]);
    };
    return observed(() => next(message, context), {
      done: (result) => tell(!result.isError),
      failed: (error) => {
        if (error instanceof Unanswered) return;
        tell(false, error instanceof Error ? error.message : String(error));
      },
    });
  };
}
