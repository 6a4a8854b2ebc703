import { type Extent, textAt, uint64 } from './examination.ts';

/** Kinds of load commands, <mach-o/loader.h>. */
export const command = { symbols: 0x2, dynamicSymbols: 0xb, segment: 0x19, signature: 0x1d } as const;

export const HEADER_SIZE = 32;

export interface LoadCommand {
  readonly kind: number;
  readonly at: number;
  readonly size: number;
}

export interface Section {
  readonly name: string;
  readonly address: number;
  /** Null for what takes no room in the file. */
  readonly file: Extent | null;
}

export interface Segment {
  readonly name: string;
  /** Offset of its load command. */
  readonly at: number;
  readonly memory: Extent;
  readonly file: Extent;
  readonly sections: readonly Section[];
}

export interface MachOLayout {
  readonly machine: number;
  readonly commands: readonly LoadCommand[];
  /** Offset behind the load commands. */
  readonly commandsEnd: number;
  readonly segments: readonly Segment[];
  /** Offset of the first section's bytes: the load commands may grow up to there. */
  readonly firstSection: number;
}

/** Reads a thin 64-bit Mach-O file's headers. Throws when it is none, and RangeError when it ends within them. */
export function readMachO(file: Buffer): MachOLayout {
  if (file.readUInt32LE(0) !== 0xfeedfacf) throw new Error('Expected a thin 64-bit Mach-O file');
  const commands: LoadCommand[] = [];
  let at = HEADER_SIZE;
  for (let count = file.readUInt32LE(16); count > 0; count--) {
    const size = file.readUInt32LE(at + 4);
    commands.push({ kind: file.readUInt32LE(at), at, size });
    at += size;
  }
  const segments = commands
    .filter(({ kind }) => kind === command.segment)
    .map((it) => readSegment(file, it.at));
  const offsets = segments.flatMap(({ sections }) =>
    sections.map((section) => section.file?.offset ?? Infinity),
  );
  return {
    machine: file.readUInt32LE(4),
    commands,
    commandsEnd: at,
    segments,
    firstSection: Math.min(...offsets),
  };
}

function readSegment(file: Buffer, at: number): Segment {
  return {
    name: textAt(file, at + 8, 16),
    at,
    memory: { offset: uint64(file, at + 24), size: uint64(file, at + 32) },
    file: { offset: uint64(file, at + 40), size: uint64(file, at + 48) },
    sections: Array.from({ length: file.readUInt32LE(at + 64) }, (_, index) =>
      readSection(file, at + 72 + 80 * index),
    ),
  };
}

/** Kinds of sections that hold zeros only. */
const zeroFilled = [0x1, 0xc, 0x12];

function readSection(file: Buffer, at: number): Section {
  const empty = zeroFilled.includes(file.readUInt32LE(at + 64) & 0xff);
  return {
    name: textAt(file, at, 16),
    address: uint64(file, at + 32),
    file: empty ? null : { offset: file.readUInt32LE(at + 48), size: uint64(file, at + 40) },
  };
}
