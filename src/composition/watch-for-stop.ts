const PARENT_CHECK_MS = 2000;

interface StopWatch {
  stop(reason: string): void;
  logFault(message: string, error: unknown): void;
  /** Ends with the parent process too, which is the client on stdio. A network server outlives the shell that started it. */
  readonly withParent: boolean;
}

/**
 * Calls `stop` once the process should end: at a signal, or when the parent process has gone without closing our input. A second
 * signal ends the process at once.
 */
export function watchForStop({ stop, logFault, withParent }: StopWatch): void {
  let signalled = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (signalled) process.exit(0);
      signalled = true;
      stop(signal);
    });
  }
  process.on('unhandledRejection', (error) => logFault('A rejection that nobody handled', error));
  if (withParent) watchParent(() => stop('the parent process has gone'));
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
