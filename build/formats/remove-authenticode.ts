import { peHeaders } from './pe.ts';

const SIGNATURE = 4;

/**
 * A Windows executable without its signature and checksum: an injection makes both wrong, and leaves the signature's
 * place pointing into what it has added. Throws when the signature does not end the file, as signtool's does.
 */
export function removeAuthenticode(file: Buffer): Buffer {
  const { checksum, directories } = peHeaders(file);
  const directory = directories + 8 * SIGNATURE;
  const offset = file.readUInt32LE(directory);
  const size = file.readUInt32LE(directory + 4);
  if (offset > 0 && offset + size !== file.length) {
    throw new Error(`Expected the signature to end the file at ${file.length}, got ${offset + size}`);
  }
  const unsigned = Buffer.from(offset > 0 ? file.subarray(0, offset) : file);
  unsigned.fill(0, directory, directory + 8);
  unsigned.writeUInt32LE(0, checksum);
  return unsigned;
}
