import type { Clock } from '../../application/ports/clock.ts';

export class SystemClock implements Clock {
  timestamp(): string {
    return new Date().toISOString();
  }

  monotonic(): number {
    return performance.now();
  }
}
