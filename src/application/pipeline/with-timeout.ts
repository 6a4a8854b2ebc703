import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import type { ExecuteTool } from '../commands/execute-tool.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';
import type { ToolDefinition } from '../tools/define-tool.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly tools: Registry<ToolDefinition>;
  /** Seconds, for tools without a limit of their own. */
  readonly toolTimeout: number;
}

/** Ends a tool that takes too long: its signal is aborted, and the client is told at once. Waiting for a person doesn't count. */
export function withTimeout(
  { tools, toolTimeout }: Dependencies,
  next: UseCase<ExecuteTool, ToolResult>,
): UseCase<ExecuteTool, ToolResult> {
  return (message, context) => {
    const running = next(message, context);
    if (!(running instanceof Promise)) return running;
    const seconds = tools.find(message.name)?.tool.timeout ?? toolTimeout;
    return new Promise((resolve, reject) => {
      const countdown = startCountdown(context, seconds * 1000, () => {
        context.interrupt(new Error(`Timed out after ${seconds} s`));
        resolve(
          errorResult(`"${message.name}" was ended after ${seconds} s, its time limit; ask for less at once`),
        );
      });
      running.finally(countdown.stop).then(resolve, reject);
    });
  };
}

/** Runs anew after each answer of a person, and not at all while one is awaited. */
function startCountdown(context: RequestContext, ms: number, expire: () => void) {
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
