import { outlivesTerminal } from './outlives-terminal.ts';

const PARENT_CHECK_MS = 2000;

interface StopWatch {
  stop(reason: string): void;
  logFault(message: string, error: unknown): void;
  /** A network server outlives the shell that started it. On stdio, the parent process is the client, and its end is ours. */
  readonly isNetwork: boolean;
}

/**
 * Calls `stop` once the process should end: at a signal, or when the parent process has gone without closing our input. A second
 * signal ends the process at once.
 */
export function watchForStop({ stop, logFault, isNetwork }: StopWatch): void {
  let signalled = false;
  const ignored = isNetwork && outlivesTerminal() ? 'SIGHUP' : undefined;
  if (ignored) process.on(ignored, () => undefined);
  for (const signal of (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).filter((one) => one !== ignored)) {
    process.on(signal, () => {
      if (signalled) process.exit(0);
      signalled = true;
      stop(signal);
    });
  }
  process.on('unhandledRejection', (error) => logFault('A rejection that nobody handled', error));
  if (!isNetwork) watchParent(() => stop('the parent process has gone'));
}

/** An orphan gets another parent (POSIX); Windows keeps telling the old one's id. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  if (process.platform === 'win32') return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}
