import type { Clock } from '../../application/ports/clock.ts';

/** Read at every start, and so without what is slow at its first use. */
export class SystemClock implements Clock {
  private at = -1;
  private text = '';

  /** Made once a millisecond: audited calls ask often. */
  timestamp(): string {
    const now = Date.now();
    if (now !== this.at) {
      this.at = now;
      this.text = iso(new Date(now));
    }
    return this.text;
  }

  /** Not by `performance.now`: the first look at `performance` loads node:perf_hooks, 0.6 ms. */
  monotonic(): number {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  }
}

/** Not by `toISOString`: at its first use it looks for the machine's time zone, which takes 0.2 ms and, from a cold disk, more. */
function iso(moment: Date): string {
  const date = [moment.getUTCFullYear(), digits(moment.getUTCMonth() + 1), digits(moment.getUTCDate())];
  const time = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()];
  const milliseconds = digits(moment.getUTCMilliseconds(), 3);
  return `${date.join('-')}T${time.map((part) => digits(part)).join(':')}.${milliseconds}Z`;
}

const digits = (value: number, length = 2) => String(value).padStart(length, '0');
