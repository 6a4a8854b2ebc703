import { DomainError } from '../../domain/shared/domain-error.ts';
import { InputRequired } from '../asking.ts';
import { observed } from '../eventual.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogFields, Logger } from '../ports/logger.ts';
import type { UseCase } from '../use-case.ts';

interface Dependencies {
  readonly logger: Logger;
  readonly clock: Clock;
}

/**
 * At the debug level, logs how each call went and how long it took. At others the use case is left as it is: what nobody foresaw
 * is logged where it leaves the process, with the id that the client is told.
 */
export function withLogging<Message, Result>(
  name: string,
  { logger, clock }: Dependencies,
  next: UseCase<Message, Result>,
): UseCase<Message, Result> {
  if (!logger.enabled('debug')) return next;
  return (message, context) => {
    const started = clock.monotonic();
    const log = (outcome: string, more: LogFields = {}) =>
      logger.debug(outcome, {
        use_case: name,
        ms: Math.round((clock.monotonic() - started) * 100) / 100,
        traceparent: context.trace?.traceparent,
        ...more,
      });
    return observed(() => next(message, context), {
      done: () => log('Done'),
      failed: (error) => {
        if (error instanceof InputRequired) log('Asked the client');
        else log('Failed', { code: error instanceof DomainError ? error.code : 'unforeseen' });
      },
    });
  };
}
