import { createHash } from 'node:crypto';
import { type Extent, hex } from './examination.ts';
import { signing } from './sign-mach-o.ts';

/** Hash functions by the number that a code directory has for them. */
const hashes: Readonly<Record<number, string>> = { 1: 'sha1', 2: 'sha256' };

/** The slots of other code directories, with other hash functions, for older systems. */
const isDirectory = (slot: number): boolean => slot === 0 || (slot >= 0x1000 && slot < 0x1005);

/** Faults of a signature, Apple's or anyone's: every page of the file is hashed again. */
export function problemsOfSignature(file: Buffer, { offset, size }: Extent): string[] {
  const signature = file.subarray(offset, offset + size);
  if (signature.readUInt32BE(0) !== signing.superBlob) return ['Expected a signature, got something else'];
  if (signature.readUInt32BE(4) > size) return ['The signature ends beyond its place'];
  const parts = new Map<number, Buffer>();
  for (let index = 0; index < signature.readUInt32BE(8); index++) {
    const at = signature.readUInt32BE(16 + 8 * index);
    parts.set(
      signature.readUInt32BE(12 + 8 * index),
      signature.subarray(at, at + signature.readUInt32BE(at + 4)),
    );
  }
  const directories = [...parts].filter(([slot]) => isDirectory(slot));
  if (!parts.has(signing.slot.codeDirectory)) return ['Expected a code directory, got none'];
  return directories.flatMap(([, directory]) =>
    problemsOfDirectory(file.subarray(0, offset), directory, parts),
  );
}

function problemsOfDirectory(code: Buffer, directory: Buffer, parts: ReadonlyMap<number, Buffer>): string[] {
  if (directory.readUInt32BE(0) !== signing.codeDirectory)
    return ['Expected a code directory, got something else'];
  const algorithm = hashes[directory[37] ?? 0];
  if (!algorithm) return [`Expected a known hash function, got number ${directory[37]}`];
  const hashSize = directory[36] ?? 0;
  const hashOf = (content: Buffer) => createHash(algorithm).update(content).digest().subarray(0, hashSize);
  const firstHash = directory.readUInt32BE(16);
  const hashAt = (slot: number) =>
    directory.subarray(firstHash + hashSize * slot, firstHash + hashSize * (slot + 1));

  const problems: string[] = [];
  const limit = directory.readUInt32BE(32);
  if (limit !== code.length)
    problems.push(`Expected the code signed up to ${hex(code.length)}, got ${hex(limit)}`);
  const page = 2 ** (directory[39] ?? 0);
  const pages = Math.ceil(code.length / page);
  if (directory.readUInt32BE(28) !== pages)
    problems.push(`Expected ${pages} pages signed, got ${directory.readUInt32BE(28)}`);
  const wrong = Array.from({ length: pages }, (_, index) => index).filter(
    (index) => !hashOf(code.subarray(index * page, (index + 1) * page)).equals(hashAt(index)),
  );
  if (wrong.length > 0)
    problems.push(`${wrong.length} of ${pages} pages have another hash than signed, first page ${wrong[0]}`);

  // Special slots count down from the first page's; one without a hash says nothing.
  for (let slot = 1; slot <= directory.readUInt32BE(24); slot++) {
    const part = parts.get(slot);
    const signed = hashAt(-slot);
    if (part && signed.some((byte) => byte !== 0) && !hashOf(part).equals(signed))
      problems.push(`Part ${slot} of the signature has another hash than signed`);
  }
  return problems;
}
