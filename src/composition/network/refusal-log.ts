import type { LogFields, Logger } from '../../application/ports/logger.ts';

const INTERVAL_MS = 1000;

/** Logs what clients are refused, at most one line a second: who talks nonsense must not fill the log. */
export function refusalLog(logger: Logger, message: string): (fields: LogFields) => void {
  let count = 0;
  let next = 0;
  return (fields) => {
    count += 1;
    const now = performance.now();
    if (now < next) return;
    next = now + INTERVAL_MS;
    logger.warn(message, { ...fields, count });
    count = 0;
  };
}
