import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../domain/policy/answer-limit.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import { andThen } from '../eventual.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';
import { Semaphore } from './semaphore.ts';

/** Lets only so many calls of a tool run at once, and turns answers that no client would take into errors that say so. */
export function withLimits(next: UseCase<ToolCall, ToolResult>): UseCase<ToolCall, ToolResult> {
  const semaphores = new Map<ToolDefinition, Semaphore>();
  const semaphoreOf = (definition: ToolDefinition | undefined): Semaphore | undefined => {
    const places = definition?.tool.concurrency;
    if (definition === undefined || places === undefined) return undefined;
    const semaphore = semaphores.get(definition) ?? new Semaphore(places);
    semaphores.set(definition, semaphore);
    return semaphore;
  };
  return (call, context) => {
    const semaphore = semaphoreOf(call.definition);
    const result = semaphore
      ? semaphore.enter(context.signal, async () => await next(call, context))
      : next(call, context);
    return andThen(result, (finished) => fitting(call.name, finished));
  };
}

function fitting(name: string, result: ToolResult): ToolResult {
  if (!exceedsAnswerLimit(result)) return result;
  return errorResult(
    `The answer of "${name}" would reach ${MAX_ANSWER_BYTES} bytes, more than clients take in one message; ask for less at once`,
  );
}
