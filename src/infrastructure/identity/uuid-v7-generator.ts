import type { IdGenerator } from '../../application/ports/id-generator.ts';

/**
 * UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random ones. Math.random is seeded by the operating system
 * and enough for names; it keeps node:crypto, and its milliseconds, out of the start. What authorises comes from node:crypto.
 */
export class UuidV7Generator implements IdGenerator {
  next(): string {
    const time = Date.now().toString(16).padStart(12, '0');
    const variant = (8 + Math.floor(Math.random() * 4)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
  }
}

const hex = (digits: number) =>
  Math.floor(Math.random() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0');
