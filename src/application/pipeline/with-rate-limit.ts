import type { RateLimit } from '../../domain/policy/token-bucket.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import { InputRequired } from '../asking.ts';
import { andThen, type Eventual, orElse } from '../eventual.ts';
import type { Rate } from '../ports/rate-limiter.ts';
import { countedName } from '../request-context.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';

/**
 * Lets each caller call only so many tools a minute; the model is told how long to wait. A call that asks the client and is made
 * again with the answers counts once.
 */
export function withRateLimit(
  { limiter, limit }: Rate,
  next: UseCase<ToolCall, ToolResult>,
): UseCase<ToolCall, ToolResult> {
  return (call, context) => {
    const name = `tools ${countedName(context.principal)}`;
    const giveBack = (error: unknown): Eventual<never> => {
      if (!(error instanceof InputRequired)) throw error;
      return andThen(limiter.giveBack(name, limit), () => {
        throw error;
      });
    };
    return andThen(limiter.take(name, limit), (waitMs) =>
      waitMs > 0 ? tooMany(limit, waitMs) : orElse<ToolResult>(() => next(call, context), giveBack),
    );
  };
}

function tooMany({ perMinute, burst }: RateLimit, waitMs: number): ToolResult {
  const seconds = Math.ceil(waitMs / 1000);
  return errorResult(
    `Too many tool calls: ${perMinute} a minute are allowed, ${burst} of them at once; wait ${seconds} s and call again`,
    'tool.rate-limited',
  );
}
