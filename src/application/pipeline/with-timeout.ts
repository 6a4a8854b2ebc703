import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import type { CallContext } from '../request-context.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import type { UseCase } from '../use-case.ts';

/**
 * Ends a tool that takes too long: its signal is aborted, and the client is told at once. Waiting for a person doesn't count.
 * @param toolTimeout seconds, for tools without a limit of their own
 */
export function withTimeout(
  toolTimeout: number,
  next: UseCase<ToolCall, ToolResult>,
): UseCase<ToolCall, ToolResult> {
  return (call, context) => {
    const running = next(call, context);
    if (!(running instanceof Promise)) return running;
    const seconds = call.definition?.tool.timeout ?? toolTimeout;
    return new Promise((resolve, reject) => {
      const countdown = startCountdown(context, seconds * 1000, () => {
        context.interrupt(new Error(`Timed out after ${seconds} s`));
        resolve(
          errorResult(
            `"${call.name}" was ended after ${seconds} s, its time limit; ask for less at once`,
            'tool.timeout',
          ),
        );
      });
      running.finally(countdown.stop).then(resolve, reject);
    });
  };
}

/** Runs anew after each answer of a person, and not at all while one is awaited. */
function startCountdown(context: CallContext, ms: number, expire: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const run = (isWaiting: boolean) => {
    clearTimeout(timer);
    if (!isWaiting && !stopped) timer = setTimeout(expire, ms);
  };
  run(false);
  context.onWaiting(run);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
