import type { RequestOutcome } from '../../domain/shared/domain-event.ts';
import { OTHER_NAME } from '../../domain/text/outside-name.ts';
import { toolExecuted } from '../../domain/tool/tool-events.ts';
import type { ToolResult } from '../../domain/tool/tool-result.ts';
import { InputRequired } from '../asking.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { Statistics } from '../events/collect-statistics.ts';
import type { EventBus, EventHeading } from '../events/event-bus.ts';
import type { Eventual } from '../eventual.ts';
import type { Clock } from '../ports/clock.ts';
import { principalName, type RequestContext } from '../request-context.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';
import { failureCode } from './with-report.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
  readonly statistics: Pick<Statistics, 'record'>;
  /** True if events come with the calls' arguments. */
  readonly recordsArguments: boolean;
}

/**
 * Reports every finished call of a tool, with its time and its outcome: once a call, not once a round of questions. It goes into the
 * statistics as it is, a tenth of what an event costs, and is published as ToolExecuted where that is heard.
 */
export function withCallReport(
  { clock, events, nextStamp, statistics, recordsArguments }: Dependencies,
  next: UseCase<ToolCall, ToolResult>,
): UseCase<ToolCall, ToolResult> {
  const tell = (call: ToolCall, context: RequestContext, started: number, outcome: Outcome) => {
    const durationMs = clock.monotonic() - started;
    if (call.definition) statistics.record(call.name, durationMs, outcome.success);
    if (!events.hears('ToolExecuted', 'audit')) return;
    const toolName = call.definition ? call.name : OTHER_NAME;
    events.report(toolHeading(toolName, outcome.success), () => {
      const { sessionId } = context;
      const payload = {
        toolName,
        principal: principalName(context.principal),
        ...(sessionId !== undefined && { sessionId }),
        ...outcome,
        durationMs,
      };
      const event = toolExecuted(payload, nextStamp());
      return recordsArguments ? { ...event, given: call.arguments } : event;
    });
  };
  const fail = (call: ToolCall, context: RequestContext, started: number, error: unknown): never => {
    if (!(error instanceof InputRequired)) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      const errorCode = failureCode(error, context.signal);
      tell(call, context, started, { success: false, errorCode, errorMessage });
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
      tell(call, context, started, outcomeOf(running));
      return running;
    }
    return running.then(
      (result) => {
        tell(call, context, started, outcomeOf(result));
        return result;
      },
      (error) => fail(call, context, started, error),
    );
  };
}

interface Outcome extends RequestOutcome {
  readonly errorMessage?: string;
}

const toolHeading = (id: string, success: boolean): EventHeading => ({
  type: 'ToolExecuted',
  class: 'audit',
  aggregate: { type: 'tool', id },
  success,
});

const SUCCEEDED: Outcome = { success: true };

function outcomeOf({ isError, errorCode }: ToolResult): Outcome {
  if (!isError) return SUCCEEDED;
  return { success: false, ...(errorCode && { errorCode }) };
}
