import type { LogThreshold } from '../../../application/ports/logger.ts';
import { type CallContext, localUser } from '../../../application/request-context.ts';
import type { LogLevel } from '../../../domain/session/log-level.ts';
import { requireCapabilities } from '../../protocol/wire/questions.ts';
import type { Prepared } from '../services.ts';
import type { Terminal } from '../terminal/terminal.ts';

const thresholds: Readonly<Record<LogLevel, LogThreshold>> = {
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'error',
  alert: 'error',
  emergency: 'error',
};

/** Milliseconds in which nobody wonders whether it runs. */
const QUIET_MS = 2000;

/** The context of a call from the terminal: what a client would be told goes to stderr, and nobody can be asked. */
export function terminalContext(
  { server, logger }: Pick<Prepared, 'server' | 'logger'>,
  terminal: Terminal,
  interrupted: AbortSignal,
  now: () => number = () => performance.now(),
): CallContext {
  const controller = new AbortController();
  const started = now();
  const client = { name: 'tfo-mcp', version: server.version, can: () => false, takesAll: true };
  return {
    principal: localUser,
    client,
    scope: 'terminal',
    meta: {},
    signal: AbortSignal.any([interrupted, controller.signal]),
    progress(value, total, message) {
      if (now() - started >= QUIET_MS) terminal.tell(describeProgress(value, total, message));
    },
    wantsProgress: false, // who sits there sees that it runs
    heartbeat: () => undefined,
    log(level, data, name) {
      if (!logger.enabled(thresholds[level])) return;
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      terminal.tell(`${level}: ${name === undefined ? '' : `${name}: `}${text}`);
    },
    ask: async (questions) => {
      requireCapabilities(questions, client);
      return {} as never; // no question at all
    },
    roots: async () => undefined,
    isStillAuthorized: () => true,
    onWaiting: () => undefined,
    interrupt: (reason) => controller.abort(reason),
  };
}

function describeProgress(value: number, total: number | undefined, message: string | undefined): string {
  const reached = total === undefined ? `${value}` : `${value} of ${total}`;
  return `progress: ${reached}${message === undefined ? '' : `, ${message}`}`;
}
