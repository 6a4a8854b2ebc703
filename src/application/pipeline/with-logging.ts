import { DomainError } from '../../domain/shared/domain-error.ts';
import { Unanswered } from '../asking.ts';
import { observed } from '../eventual.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogFields, Logger } from '../ports/logger.ts';
import type { UseCase } from '../use-case.ts';

/** Logs how a use case went and how long it took; failures nobody foresaw as errors. */
export function withLogging<Message, Result>(
  name: string,
  { logger, clock }: { readonly logger: Logger; readonly clock: Clock },
  next: UseCase<Message, Result>,
): UseCase<Message, Result> {
  return (message, context) => {
    const started = clock.monotonic();
    const facts = (): LogFields => ({
      use_case: name,
      ms: Math.round((clock.monotonic() - started) * 100) / 100,
      traceparent: context.trace?.traceparent,
    });
    return observed(() => next(message, context), {
      done: () => {
        if (logger.enabled('debug')) logger.debug('Done', facts());
      },
      failed: (error) => {
        if (error instanceof Unanswered) return;
        if (!(error instanceof DomainError) || error.kind === 'internal') {
          if (!context.signal.aborted) logger.error('Failed', { ...facts(), error: describe(error) });
        } else if (logger.enabled('debug')) logger.debug('Refused', { ...facts(), code: error.code });
      },
    });
  };
}

const describe = (error: unknown) => (error instanceof Error ? error.stack : String(error));
