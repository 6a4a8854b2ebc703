import type { DomainEvent } from '../../domain/shared/domain-event.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { ArgumentRecorder } from '../ports/argument-recorder.ts';
import type { Clock } from '../ports/clock.ts';

interface ArgumentRecordingOptions {
  readonly recorder: ArgumentRecorder;
  readonly clock: Clock;
  /** The number of events that wait to be stored. */
  readonly countWaiting: () => number;
}

/** Milliseconds for which arguments are held on to as they are. */
const DELAY_MS = 50;

/** Milliseconds of recording in one iteration of the event loop. */
const LONGEST_TURN_MS = 2;

/** Characters of one event's arguments that are kept; where very many events wait for their store, fewer. */
const MOST_CHARACTERS = 16 * 1024;
const FEW_CHARACTERS = 1024;
const VERY_MANY = 2000;

/** Puts what may be stored of callers' arguments into events: soon after the calls, and not in them. */
export class ArgumentRecording {
  private readonly options: ArgumentRecordingOptions;
  /** As they came, by the event that they belong to. */
  private readonly given = new Map<DomainEvent, JsonObject>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ArgumentRecordingOptions) {
    this.options = options;
  }

  /** @param event its payload will be added to, whether or not it can be stored: what waits for long must not hold whole files */
  add(event: DomainEvent, given: JsonObject): void {
    this.given.set(event, given);
    this.timer ??= setTimeout(async () => {
      this.timer = undefined;
      await this.record([...this.given.keys()]);
    }, DELAY_MS).unref();
  }

  /** Resolves when all that is recorded of their arguments is in these events. */
  async record(events: readonly DomainEvent[]): Promise<void> {
    const { recorder, clock } = this.options;
    await recorder.open();
    let started = clock.monotonic();
    for (const event of events) {
      this.recordOne(event);
      if (clock.monotonic() - started < LONGEST_TURN_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      started = clock.monotonic();
    }
  }

  private recordOne(event: DomainEvent): void {
    const given = this.given.get(event);
    if (given === undefined) return;
    this.given.delete(event);
    const { recorder, countWaiting } = this.options;
    const most = countWaiting() > VERY_MANY ? FEW_CHARACTERS : MOST_CHARACTERS;
    Object.assign(event.payload, recorder.record(given, event.aggregate.id, most));
  }
}
