import { APPLICATION_ID } from './migrations.ts';

/** Bytes at the beginning of a file that say whose database it is. */
export const HEADER_BYTES = 72;

const MAGIC = Buffer.from('SQLite format 3\0');

/** True for a file that begins as this program's databases and their backups do (https://sqlite.org/fileformat2.html, 1.3). */
export function isOwnDatabase(start: Uint8Array): boolean {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  return (
    bytes.length >= HEADER_BYTES &&
    bytes.subarray(0, MAGIC.length).equals(MAGIC) &&
    bytes.readUInt32BE(68) === APPLICATION_ID
  );
}
