import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../domain/policy/answer-limit.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import type { ExecuteTool } from '../commands/execute-tool.ts';
import { andThen } from '../eventual.ts';
import type { Registry } from '../registry.ts';
import type { ToolDefinition } from '../tools/define-tool.ts';
import type { UseCase } from '../use-case.ts';
import { Semaphore } from './semaphore.ts';

/** Lets only so many calls of a tool run at once, and turns answers that no client would take into errors that say so. */
export function withLimits(
  { tools }: { readonly tools: Registry<ToolDefinition> },
  next: UseCase<ExecuteTool, ToolResult>,
): UseCase<ExecuteTool, ToolResult> {
  const semaphores = new Map<string, Semaphore>();
  const semaphoreOf = (name: string): Semaphore | undefined => {
    const places = tools.find(name)?.tool.concurrency;
    if (places === undefined) return undefined;
    const semaphore = semaphores.get(name) ?? new Semaphore(places);
    semaphores.set(name, semaphore);
    return semaphore;
  };
  return (message, context) => {
    const semaphore = semaphoreOf(message.name);
    const result = semaphore
      ? semaphore.enter(context.signal, async () => await next(message, context))
      : next(message, context);
    return andThen(result, (finished) => fitting(message.name, finished));
  };
}

function fitting(name: string, result: ToolResult): ToolResult {
  if (!exceedsAnswerLimit(result)) return result;
  return errorResult(
    `The answer of "${name}" would reach ${MAX_ANSWER_BYTES} bytes, more than clients take in one message; ask for less at once`,
  );
}
