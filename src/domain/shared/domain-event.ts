import type { Brand } from './brand.ts';
import type { ErrorCode } from './error-code.ts';
import type { JsonObject } from './json.ts';

export type EventId = Brand<string, 'EventId'>;

/**
 * The way an event is kept: `state` in one transaction with the change it tells of, `audit` in small batches behind the call,
 * `registration` in this process only.
 */
export type EventClass = 'state' | 'audit' | 'registration';

/** The time of an event, and the id under which it is known for ever. Comes from outside: the domain has no clock. */
export interface EventStamp {
  readonly eventId: EventId;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
}

/** Something that happened, in the past tense. Consumers deduplicate by `eventId`. */
export interface DomainEvent<
  Type extends string = string,
  Payload extends object = JsonObject,
  Class extends EventClass = EventClass,
> extends EventStamp {
  readonly type: Type;
  readonly class: Class;
  readonly aggregate: { readonly type: string; readonly id: string };
  readonly payload: Payload;
}

/** The end of something that a caller asked for. Members may be missing in events of earlier versions. */
export interface RequestOutcome {
  readonly success: boolean;
  /** The reason why it failed: a name out of few. */
  readonly errorCode?: ErrorCode;
  /** The id of whoever asked. */
  readonly principal?: string;
}
