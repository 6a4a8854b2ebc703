import type { LogFields, Logger, LogThreshold } from '../../application/ports/logger.ts';
import type { LogLine } from './format-line.ts';
import { type OpenConsola, type OpenConsolaOptions, openConsola } from './open-consola.ts';

export interface ConsolaLoggerOptions extends OpenConsolaOptions {
  /** The least severe level that is written. */
  readonly level: LogThreshold;
}

export interface ConsolaLogger extends Logger {
  /**
   * Settles when every line is read, or after half a second: nobody may ever read them. What a log file has not taken by then goes to
   * the stream, for half a second more. Lines that wait keep the process alive, so who wants it to end ends it by `process.exit`
   * afterwards.
   */
  flush(): Promise<void>;
}

const SEVERITIES: Readonly<Record<LogThreshold, number>> = { error: 0, warn: 1, info: 2, debug: 3 };

/** Milliseconds. */
const FLUSH_DEADLINE = 500;

/** Lines that may wait while consola loads, which is a matter of milliseconds. */
const MOST_EARLY_LINES = 10_000;

/** A logger on consola, which loads with the first line that is written. Lines keep their order. */
export function createConsolaLogger(options: ConsolaLoggerOptions): ConsolaLogger {
  const early: LogLine[] = [];
  let lost = 0;
  let consola: OpenConsola | undefined;
  let opening: Promise<void> | undefined;

  const put = (level: LogThreshold, message: string, fields: LogFields = {}): void => {
    const line = { time: new Date(), level, message, fields };
    if (consola !== undefined) consola.write(line);
    else if (early.length < MOST_EARLY_LINES) early.push(line);
    else lost++;
    opening ??= start();
  };
  // At any level: lines of that level may be among them.
  const reportDropped = (dropped: number) =>
    put('warn', 'Log lines were dropped, since nobody read them', { dropped });
  const start = async (): Promise<void> => {
    consola = await openConsola(options, reportDropped);
    for (const line of early.splice(0)) consola.write(line);
    if (lost > 0) reportDropped(lost);
  };

  const threshold = SEVERITIES[options.level];
  const enabled = (level: LogThreshold) => SEVERITIES[level] <= threshold;
  const at =
    (level: LogThreshold) =>
    (message: string, fields?: LogFields): void => {
      if (enabled(level)) put(level, message, fields);
    };
  return {
    enabled,
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    flush: async () => {
      await opening;
      await consola?.flush(FLUSH_DEADLINE);
    },
  };
}
