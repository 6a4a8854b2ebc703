import type { DomainEvent, EventStamp } from '../../domain/shared/domain-event.ts';
import { OTHER_NAME } from '../../domain/text/outside-name.ts';
import type { EventHeading } from './event-bus.ts';

/** Names of aggregates that are counted apart. */
const MOST_NAMES = 100;

/** They were counted instead of stored one by one, since there were too many. */
export type AuditSkipped = DomainEvent<
  'AuditSkipped',
  {
    /** ISO 8601, UTC: of the first and the last of them. */
    readonly from: string;
    readonly to: string;
    /** By the aggregate that each was about, and its outcome. */
    readonly calls: Readonly<Record<string, Readonly<Count>>>;
  },
  'audit'
>;

interface Count {
  succeeded: number;
  failed: number;
}

/** Calls that are counted instead of stored one by one, since there are too many. Counting makes nothing: it is done in floods. */
export class SkippedCalls {
  /** Milliseconds, of a clock that never goes back: the first of them. */
  readonly since: number;
  private readonly from: string;
  private last: number;
  /** By the type of the aggregate, and its id. */
  private readonly counts = new Map<string, Map<string, Count>>();
  private names = 0;

  /** @param from the time of the first, ISO 8601 in UTC */
  constructor(from: string, now: number) {
    this.from = from;
    this.since = now;
    this.last = now;
  }

  /** @param now milliseconds, of the same clock */
  add({ aggregate, success }: EventHeading, now: number): void {
    this.last = now;
    const count = this.counts.get(aggregate.type)?.get(aggregate.id) ?? this.begin(aggregate);
    if (success) count.succeeded += 1;
    else count.failed += 1;
  }

  /** The event that tells of them: when the first and the last were, and how many, by what each was about and how it ended. */
  event(stamp: EventStamp, now: number): AuditSkipped {
    const to = new Date(Date.parse(stamp.occurredAt) - (now - this.last)).toISOString();
    const calls = Object.fromEntries(
      [...this.counts].flatMap(([type, ids]) =>
        [...ids].map(([id, count]) => [`${type}:${id}`, { ...count }]),
      ),
    );
    return {
      ...stamp,
      type: 'AuditSkipped',
      class: 'audit',
      aggregate: { type: 'audit', id: 'skipped' },
      payload: { from: this.from, to, calls },
    };
  }

  private begin({ type, id }: EventHeading['aggregate']): Count {
    const ids = this.counts.get(type) ?? new Map<string, Count>();
    this.counts.set(type, ids);
    const name = this.names < MOST_NAMES ? id : OTHER_NAME;
    const count = ids.get(name) ?? { succeeded: 0, failed: 0 };
    if (!ids.has(name)) this.names += 1;
    ids.set(name, count);
    return count;
  }
}
