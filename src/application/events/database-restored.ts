import type { DomainEvent, EventStamp } from '../../domain/shared/domain-event.ts';
import { type Principal, principalName } from '../request-context.ts';

/** A backup took the place of everything: what was stored between it and this event is gone. */
export type DatabaseRestored = DomainEvent<
  'DatabaseRestored',
  {
    /** The id of whoever did it. */
    readonly principal: string;
  },
  'audit'
>;

export const databaseRestored = (principal: Principal, stamp: EventStamp): DatabaseRestored => ({
  ...stamp,
  type: 'DatabaseRestored',
  class: 'audit',
  aggregate: { type: 'database', id: 'sqlite' },
  payload: { principal: principalName(principal) },
});
