import type { IdGenerator } from '../../application/ports/id-generator.ts';

const TAILS = 2 ** 24;

/**
 * UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random ones. Of those of one millisecond the last 24 count on
 * from a random number (section 6.2, method 1): audited calls need many. Math.random is seeded by the operating system and enough
 * for names; it keeps node:crypto, and its milliseconds, out of the start. What authorises comes from node:crypto.
 */
export class UuidV7Generator implements IdGenerator {
  private time = -1;
  /** All but the tail of those of that millisecond. */
  private head = '';
  private tail = 0;

  next(): string {
    const now = Date.now();
    if (now !== this.time || this.tail === TAILS) this.begin(now);
    return this.head + hex(this.tail++, 6);
  }

  private begin(now: number): void {
    this.time = now;
    const time = hex(now, 12);
    const variant = 8 + Math.floor(random(1) / 4);
    this.head = `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random(3), 3)}-${hex(variant, 1)}${hex(random(3), 3)}-${hex(random(6), 6)}`;
    this.tail = random(6);
  }
}

/** A number of at most so many hexadecimal digits. */
const random = (digits: number): number => Math.floor(Math.random() * 16 ** digits);

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
