import type { Clock } from '../../application/ports/clock.ts';

/** Read at every start, and so without what is slow at its first use. */
export class SystemClock implements Clock {
  /** Not by `toISOString`: at its first use it looks for the machine's time zone, which takes 0.2 ms and, from a cold disk, more. */
  timestamp(): string {
    const now = new Date();
    const date = [now.getUTCFullYear(), digits(now.getUTCMonth() + 1), digits(now.getUTCDate())].join('-');
    const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()]
      .map((part) => digits(part))
      .join(':');
    return `${date}T${time}.${digits(now.getUTCMilliseconds(), 3)}Z`;
  }

  /** Not by `performance.now`: the first look at `performance` loads node:perf_hooks, 0.6 ms. */
  monotonic(): number {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  }
}

const digits = (value: number, length = 2) => String(value).padStart(length, '0');
