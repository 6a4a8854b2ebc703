import type { IdGenerator } from '../application/ports/id-generator.ts';
import type { Logger } from '../application/ports/logger.ts';
import { nameFault, placeOf } from '../presentation/cli/failures/describe-fault.ts';

/** Logs what nobody caught: what it was as an error, where it was at the debug level. @returns the id of both lines */
export function createLogFault(
  logger: Logger,
  ids: IdGenerator,
): (message: string, error: unknown) => string {
  return (message, error) => {
    const correlationId = ids.next();
    logger.error(message, { correlation_id: correlationId, error: nameFault(error) });
    logger.debug('Where that was', { correlation_id: correlationId, error: placeOf(error) });
    return correlationId;
  };
}
