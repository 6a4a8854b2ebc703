import { createHash } from 'node:crypto';
import type { Extent } from './examination.ts';
import { command, HEADER_SIZE, type MachOLayout, readMachO } from './mach-o-layout.ts';

/** Numbers of xnu's osfmk/kern/cs_blobs.h; unlike the rest of the file, a signature is big-endian. */
export const signing = {
  superBlob: 0xfade0cc0,
  codeDirectory: 0xfade0c02,
  requirements: 0xfade0c01,
  certificates: 0xfade0b01,
  slot: { codeDirectory: 0, requirements: 2, certificates: 0x10000 },
} as const;

const PAGE_BITS = 12;
const PAGE = 2 ** PAGE_BITS;
const HASH_SIZE = 32;
const DIRECTORY_SIZE = 88;
const COMMAND_SIZE = 16;

/**
 * The executable with an ad-hoc signature in place of what signature it has: the least that Apple's processors run. It names
 * nobody and proves nothing but that the file is whole. The same file and identifier give the same bytes.
 * Throws when there is no room for the load command, or something behind the segment that a signature must end.
 */
export function signMachO(file: Buffer, identifier: string): Buffer {
  const layout = readMachO(file);
  const old = layout.commands.find(({ kind }) => kind === command.signature);
  const end = old ? file.readUInt32LE(old.at + 8) : aligned(file.length, 16);
  const subject = { identifier, codeSize: end, text: segmentOf(layout, '__TEXT').file };
  const unknown = Array.from({ length: Math.ceil(end / PAGE) }, () => Buffer.alloc(HASH_SIZE));
  const size = aligned(signatureOf(subject, unknown).length, 16);

  const signed = Buffer.alloc(end + size);
  file.copy(signed, 0, 0, end);
  const extent = { offset: end, size };
  if (old) writeCommand(signed, old.at, extent);
  else addCommand(signed, layout, extent, file.length);
  stretchLinkedit(signed, layout);
  // Only now: the first page has the headers that have just been changed.
  const pages = unknown.map((_, page) =>
    sha256(signed.subarray(page * PAGE, Math.min((page + 1) * PAGE, end))),
  );
  signatureOf(subject, pages).copy(signed, end);
  return signed;
}

interface Subject {
  readonly identifier: string;
  /** Bytes of the file that are signed: all that comes before the signature. */
  readonly codeSize: number;
  /** The segment with the code. */
  readonly text: Extent;
}

const aligned = (size: number, to: number): number => Math.ceil(size / to) * to;

function segmentOf({ segments }: MachOLayout, name: string) {
  const segment = segments.find((candidate) => candidate.name === name);
  if (!segment) throw new Error(`Expected a segment ${name} to sign, got none`);
  return segment;
}

function writeCommand(file: Buffer, at: number, { offset, size }: Extent): void {
  for (const [index, value] of [command.signature, COMMAND_SIZE, offset, size].entries())
    file.writeUInt32LE(value, at + 4 * index);
}

function addCommand(file: Buffer, layout: MachOLayout, extent: Extent, length: number): void {
  const { commands, commandsEnd, firstSection } = layout;
  const { offset, size } = segmentOf(layout, '__LINKEDIT').file;
  if (offset + size !== length)
    throw new Error(`Expected __LINKEDIT to end the file at ${length}, got ${offset + size}`);
  if (commandsEnd + COMMAND_SIZE > firstSection)
    throw new Error('Expected room for one more load command, got none');
  writeCommand(file, commandsEnd, extent);
  file.writeUInt32LE(commands.length + 1, 16);
  file.writeUInt32LE(commandsEnd + COMMAND_SIZE - HEADER_SIZE, 20);
}

/** The segment at the end of the file holds the signature too. */
function stretchLinkedit(file: Buffer, layout: MachOLayout): void {
  const linkedit = segmentOf(layout, '__LINKEDIT');
  const size = file.length - linkedit.file.offset;
  file.writeBigUInt64LE(BigInt(aligned(size, 0x4000)), linkedit.at + 32);
  file.writeBigUInt64LE(BigInt(size), linkedit.at + 48);
}

function signatureOf(subject: Subject, pages: readonly Buffer[]): Buffer {
  const requirements = blob(signing.requirements, Buffer.alloc(4));
  const entries: [slot: number, content: Buffer][] = [
    [signing.slot.codeDirectory, codeDirectory(subject, pages, requirements)],
    [signing.slot.requirements, requirements],
    [signing.slot.certificates, blob(signing.certificates, Buffer.alloc(0))],
  ];
  const index = Buffer.alloc(4 + 8 * entries.length);
  index.writeUInt32BE(entries.length, 0);
  let offset = 8 + index.length;
  for (const [position, [slot, content]] of entries.entries()) {
    index.writeUInt32BE(slot, 4 + 8 * position);
    index.writeUInt32BE(offset, 8 + 8 * position);
    offset += content.length;
  }
  return blob(signing.superBlob, Buffer.concat([index, ...entries.map(([, content]) => content)]));
}

function codeDirectory(
  { identifier, codeSize, text }: Subject,
  pages: readonly Buffer[],
  requirements: Buffer,
): Buffer {
  const name = Buffer.from(`${identifier}\0`);
  // Counted down from the first page's: of an Info.plist, which there is none of, and of the requirements.
  const special = [sha256(requirements), Buffer.alloc(HASH_SIZE)];

  const directory = Buffer.alloc(DIRECTORY_SIZE);
  directory.writeUInt32BE(0x20400, 8); // the version that has executable segments
  directory.writeUInt32BE(0x2, 12); // ad hoc
  directory.writeUInt32BE(DIRECTORY_SIZE + name.length + HASH_SIZE * special.length, 16);
  directory.writeUInt32BE(DIRECTORY_SIZE, 20);
  directory.writeUInt32BE(special.length, 24);
  directory.writeUInt32BE(pages.length, 28);
  directory.writeUInt32BE(codeSize, 32);
  directory[36] = HASH_SIZE;
  directory[37] = 2; // SHA-256
  directory[39] = PAGE_BITS;
  directory.writeBigUInt64BE(BigInt(text.offset), 64);
  directory.writeBigUInt64BE(BigInt(text.size), 72);
  directory.writeBigUInt64BE(1n, 80); // the main program
  const content = Buffer.concat([directory, name, ...special, ...pages]);
  return blob(signing.codeDirectory, content.subarray(8));
}

function blob(magic: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(magic, 0);
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

function sha256(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}
