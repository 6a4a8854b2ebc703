import type { IdGenerator } from './ports/id-generator.ts';
import type { Logger } from './ports/logger.ts';

/** Logs a failure that nobody foresaw, whole, and returns the id under which the client may ask for it. */
export type NoteFailure = (error: unknown, what: string) => string;

export function createNoteFailure(logger: Logger, ids: IdGenerator): NoteFailure {
  return (error, what) => {
    const correlationId = ids.next();
    logger.error('Failed unexpectedly', {
      correlation_id: correlationId,
      what: what.slice(0, 140),
      error: error instanceof Error ? error.stack : String(error),
    });
    return correlationId;
  };
}
