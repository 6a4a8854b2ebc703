import { fill, type RateLimit, type TokenBucket, takeFrom } from '../../domain/policy/token-bucket.ts';
import type { DomainEvent, EventClass } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { ArgumentRecorder } from '../ports/argument-recorder.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditHealth } from '../ports/health.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import { ArgumentRecording } from './argument-recording.ts';
import type { Event, EventBus, EventHeading } from './event-bus.ts';
import { SkippedCalls } from './skipped-calls.ts';

export interface AuditOptions {
  readonly events: Pick<EventBus, 'onClass'>;
  readonly store: Pick<Store, 'append'>;
  readonly nextStamp: NextStamp;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Events that are stored one by one. */
  readonly rate: RateLimit;
  /** The classes that are stored here, `audit` alone where it isn't said: others are stored with the change that they tell of. */
  readonly classes?: readonly EventClass[];
  /** Makes what is stored of what callers gave; nothing is without one. */
  readonly recorder?: ArgumentRecorder | undefined;
}

/** Milliseconds in which an event is stored: so many may be lost when the process is killed. */
const BATCH_MS = 50;

/** Events that are stored at once: so many, all or none. */
const BATCH = 64;

/** Milliseconds between two tries of a store that can't be used, and between two counts of what was skipped. */
const PAUSE_MS = 1000;

/** Events that wait for such a store; more are counted. */
const MOST_WAITING = 10_000;

/**
 * Stores what happened, in small batches behind the calls: no call waits for it. What comes faster than the rate, or while the store
 * can't be used for long, is counted, and told in one event a second.
 */
export class Audit {
  private readonly options: AuditOptions;
  private readonly leave: () => void;
  private bucket: TokenBucket | undefined;
  private readonly waiting: DomainEvent[] = [];
  private readonly recording: ArgumentRecording | undefined;
  private skipped: SkippedCalls | undefined;
  private timer: NodeJS.Timeout | undefined;
  private storing: Promise<void> = Promise.resolve();
  private hasComplained = false;
  /** False while there have been sessions only: the store is not opened for a client that does nothing. */
  private hasWork = false;
  private counted = 0;

  constructor(options: AuditOptions) {
    this.options = options;
    const { recorder, clock, classes = ['audit'] } = options;
    this.recording =
      recorder && new ArgumentRecording({ recorder, clock, countWaiting: () => this.waiting.length });
    const leaves = classes.map((one) =>
      options.events.onClass(
        one,
        (event) => this.keep(event),
        (heading) => this.admits(heading),
      ),
    );
    this.leave = () => {
      for (const leave of leaves) leave();
    };
  }

  health(): AuditHealth {
    return { waiting: this.waiting.length, counted: this.counted };
  }

  /** Stores what waits, as far as that can be, and takes no more. */
  async close(): Promise<void> {
    this.leave();
    await this.storing;
    clearTimeout(this.timer);
    if (!this.hasWork) return;
    this.tellSkipped();
    if (!(await this.store()))
      this.options.logger.warn('Events are lost, since they can’t be stored', {
        count: this.waiting.length,
      });
  }

  /** Counts the event where it isn't one to be kept. */
  private admits(heading: EventHeading): boolean {
    const { clock, rate } = this.options;
    const now = clock.monotonic();
    const bucket = fill(this.bucket, rate, now);
    const fits = bucket.tokens >= 1 && this.waiting.length < MOST_WAITING;
    this.bucket = fits ? takeFrom(bucket, rate, 1) : bucket;
    if (!fits) {
      this.skipped ??= new SkippedCalls(clock.timestamp(), now);
      this.skipped.add(heading, now);
      this.counted += 1;
    }
    this.hasWork ||= heading.aggregate.type !== 'session';
    if (this.hasWork) this.storeIn(BATCH_MS);
    return fits;
  }

  private keep(event: Event): void {
    const kept = storable(event);
    this.waiting.push(kept);
    if (event.given !== undefined) this.recording?.add(kept, event.given);
  }

  private storeIn(milliseconds: number): void {
    this.timer ??= setTimeout(() => {
      this.storing = this.storeAndGoOn();
    }, milliseconds).unref();
  }

  /** Stores what waits; not twice at once, which would store the same events. */
  private async storeAndGoOn(): Promise<void> {
    const age = this.options.clock.monotonic() - (this.skipped?.since ?? Number.POSITIVE_INFINITY);
    // Too many wait already: what is counted goes on being counted.
    if (age >= PAUSE_MS && this.waiting.length < MOST_WAITING) this.tellSkipped();
    const isStored = await this.store();
    this.timer = undefined;
    if (!isStored || this.skipped) this.storeIn(PAUSE_MS);
  }

  /** @returns whether nothing waits any more */
  private async store(): Promise<boolean> {
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting.slice(0, BATCH);
        await this.recording?.record(batch);
        await this.options.store.append(batch);
        this.waiting.splice(0, batch.length); // not before: they wait until they are stored
      }
      this.hasComplained = false;
      return true;
    } catch (error) {
      if (!this.hasComplained)
        this.options.logger.warn('Events can’t be stored, and wait', { error: (error as Error).message });
      this.hasComplained = true;
      return false;
    }
  }

  private tellSkipped(): void {
    if (this.skipped === undefined) return;
    const { clock, nextStamp } = this.options;
    const told = this.skipped.event(nextStamp(), clock.monotonic());
    this.waiting.push(told as unknown as DomainEvent);
    this.skipped = undefined;
  }
}

/** A copy without what stays in this process: what the caller gave, and messages of errors, which quote that. */
function storable({ eventId, occurredAt, type, class: kept, aggregate, payload }: Event): DomainEvent {
  const { errorMessage: _, ...stored } = payload as JsonObject;
  return { eventId, occurredAt, type, class: kept, aggregate, payload: stored };
}
