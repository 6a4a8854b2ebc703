import type { DomainEvent } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

/** The kinds of aggregates that are stored. */
export type StoredKind = 'conversation';

/** The state of an aggregate, as far as its invariants need it: what it only ever adds to stands beside it. */
export interface Head {
  readonly id: string;
  /** The principal that it belongs to: what lists go by. */
  readonly owner: string;
  /** Grows with each change. */
  readonly version: number;
  /** ISO 8601, UTC: what lists are sorted by. */
  readonly updatedAt: string;
  readonly state: JsonObject;
}

/** A change of one aggregate, with everything that belongs to it. */
export interface Change {
  readonly kind: StoredKind;
  readonly id: string;
  /** The version that it was loaded at; undefined for a new one. */
  readonly from: number | undefined;
  /** Undefined: the aggregate is removed, and all that it added. */
  readonly head: Head | undefined;
  /** Entries behind those that there are, oldest first. */
  readonly appended: readonly JsonObject[];
  readonly events: readonly DomainEvent[];
}

/** A place among all events of a store; opaque, and for that store alone. */
export type EventCursor = string;

export interface StoredEvent extends DomainEvent {
  readonly cursor: EventCursor;
}

/** The events that are asked for; a member that is left out leaves out none. */
export interface EventFilter {
  readonly types?: readonly string[];
  /** ISO 8601, UTC; from then on. */
  readonly since?: string;
}

/**
 * Aggregates, what they add to, and events: one place, so that what belongs together is stored together. Every method throws
 * DomainError `store.unavailable` where the store can't be used now.
 */
export interface Store {
  /**
   * Stores all of the changes, or none. Takes data, never a callback: what is awaited inside of a transaction would let others in.
   * @throws DomainError `store.conflict` where one of the aggregates is not at the version that it was loaded at
   */
  commit(changes: readonly Change[]): Promise<void>;

  /** Stores events of no aggregate's change, in this order. */
  append(events: readonly DomainEvent[]): Promise<void>;

  find(kind: StoredKind, id: string): Promise<Head | undefined>;

  /** The first `count` entries that an aggregate added, or as many as there are. They never change. */
  appended(kind: StoredKind, id: string, count: number): Promise<readonly JsonObject[]>;

  /**
   * Lists the owner's aggregates, the one that changed last first; of the same moment, the greater id first.
   * @param owner undefined: everybody's
   * @param limit at least 1
   */
  list(kind: StoredKind, owner: string | undefined, limit: number): Promise<readonly Head[]>;

  /** The events after a cursor, or from the first on, in the order in which they were stored. @param limit at least 1 */
  events(filter: EventFilter, after: EventCursor | undefined, limit: number): Promise<readonly StoredEvent[]>;
}
