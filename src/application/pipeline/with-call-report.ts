import { toolExecuted } from '../../domain/tool/tool-events.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import { InputRequired } from '../asking.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { Statistics } from '../events/collect-statistics.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Eventual } from '../eventual.ts';
import type { Clock } from '../ports/clock.ts';
import type { RequestContext } from '../request-context.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
  readonly statistics: Pick<Statistics, 'record'>;
}

/**
 * Reports every finished call of a tool, with its time and its outcome: once a call, not once a round of questions. It goes into the
 * statistics as it is, a tenth of what an event costs, and is published as ToolExecuted where that is heard.
 */
export function withCallReport(
  { clock, events, nextStamp, statistics }: Dependencies,
  next: UseCase<ToolCall, ToolResult>,
): UseCase<ToolCall, ToolResult> {
  const tell = (call: ToolCall, context: RequestContext, started: number, outcome: Outcome) => {
    const durationMs = clock.monotonic() - started;
    if (call.definition) statistics.record(call.name, durationMs, outcome.success);
    if (!events.hears('ToolExecuted', 'audit')) return;
    const { sessionId } = context;
    const payload = {
      toolName: call.name.slice(0, 140),
      ...(sessionId !== undefined && { sessionId }),
      ...outcome,
      durationMs,
    };
    events.publish([toolExecuted(payload, nextStamp())]);
  };
  const fail = (call: ToolCall, context: RequestContext, started: number, error: unknown): never => {
    if (!(error instanceof InputRequired)) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      tell(call, context, started, { success: false, errorMessage });
    }
    throw error;
  };
  return (call, context) => {
    const started = clock.monotonic();
    let running: Eventual<ToolResult>;
    try {
      running = next(call, context);
    } catch (error) {
      return fail(call, context, started, error);
    }
    if (!(running instanceof Promise)) {
      tell(call, context, started, running.isError ? FAILED : SUCCEEDED);
      return running;
    }
    return running.then(
      (result) => {
        tell(call, context, started, result.isError ? FAILED : SUCCEEDED);
        return result;
      },
      (error) => fail(call, context, started, error),
    );
  };
}

interface Outcome {
  readonly success: boolean;
  readonly errorMessage?: string;
}

const SUCCEEDED: Outcome = { success: true };
const FAILED: Outcome = { success: false };
