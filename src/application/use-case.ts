import type { Eventual } from './eventual.ts';
import type { CallContext } from './request-context.ts';

/** One thing the application can do for someone: the unit that the pipeline decorates. */
export type UseCase<Message, Result> = (message: Message, context: CallContext) => Eventual<Result>;
