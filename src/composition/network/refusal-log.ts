import type { LogFields, Logger } from '../../application/ports/logger.ts';

const INTERVAL_MS = 1000;

/**
 * Logs what clients are refused: of each kind, such as an HTTP status, at most one line a second, with how many it stands for. Who
 * talks nonsense must not fill the log, nor hide what befalls others.
 */
export function refusalLog(logger: Logger, message: string): (kind: unknown, fields: LogFields) => void {
  const kinds = new Map<unknown, { untold: number; readonly next: number }>();
  return (kind, fields) => {
    const now = performance.now();
    const told = kinds.get(kind);
    if (told && now < told.next) told.untold += 1;
    else {
      logger.warn(message, { ...fields, count: (told?.untold ?? 0) + 1 });
      kinds.set(kind, { untold: 0, next: now + INTERVAL_MS });
    }
  };
}
