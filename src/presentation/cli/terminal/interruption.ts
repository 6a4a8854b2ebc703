import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command until it ends or is interrupted: by Ctrl-C, SIGTERM or a lost terminal. What it does is then aborted, and has
 * `graceMs` to clean up; a second signal ends the process at once.
 */
export async function interruptible(
  run: (signal: AbortSignal) => Promise<ExitCode>,
  graceMs: number,
  signals: readonly NodeJS.Signals[] = SIGNALS,
): Promise<ExitCode> {
  const controller = new AbortController();
  const { promise: tooLate, resolve } = Promise.withResolvers<ExitCode>();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(new Error('Interrupted'));
    timer = setTimeout(resolve, graceMs, exitCodes.interrupted);
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const code = await Promise.race([run(controller.signal), tooLate]);
    return controller.signal.aborted ? exitCodes.interrupted : code;
  } catch (error) {
    if (controller.signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, interrupt);
  }
}
