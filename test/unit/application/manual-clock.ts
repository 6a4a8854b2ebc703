import { createEventStamps, type NextStamp } from '../../../src/application/event-stamps.ts';
import type { Clock } from '../../../src/application/ports/clock.ts';
import type { IdGenerator } from '../../../src/application/ports/id-generator.ts';

/** A clock that stands still until the test advances it. */
export class ManualClock implements Clock {
  private ms = 0;

  advance(ms: number): void {
    this.ms += ms;
  }

  timestamp(): string {
    return new Date(Date.UTC(2026, 0, 1) + this.ms).toISOString();
  }

  monotonic(): number {
    return this.ms;
  }
}

/** Ids that count: "id-1", "id-2". */
export class CountingIds implements IdGenerator {
  private count = 0;

  next(): string {
    this.count += 1;
    return `id-${this.count}`;
  }
}

export const countingStamps = (): NextStamp => createEventStamps(new ManualClock(), new CountingIds());
