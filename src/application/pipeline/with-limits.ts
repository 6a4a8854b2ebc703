import { exceedsAnswerLimit, MAX_ANSWER_BYTES } from '../../domain/policy/answer-limit.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import { andThen } from '../eventual.ts';
import type { CallContext } from '../request-context.ts';
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
      ? semaphore.enter(context.signal, async () => {
          requireAuthorized(context);
          return await next(call, context);
        })
      : next(call, context);
    return andThen(result, (finished) => fitting(call.name, finished));
  };
}

/** Refuses to begin what waited, for who may not be here any more. @throws DomainError `authorization.ended` */
function requireAuthorized(context: CallContext): void {
  if (context.isStillAuthorized()) return;
  throw new DomainError(
    'authorization.ended',
    'forbidden',
    'The key or token of this call was revoked or has expired while it waited; it was not begun',
  );
}

function fitting(name: string, result: ToolResult): ToolResult {
  if (!exceedsAnswerLimit(result)) return result;
  return errorResult(
    `The answer of "${name}" would reach ${MAX_ANSWER_BYTES} bytes, more than clients take in one message; ask for less at once`,
    'tool.answer-too-long',
  );
}
