import { change, type Damages } from './damage.ts';

const LOAD = 1;
const INTERPRETER = 3;
const NOTE = 4;

/** The header's offset of the n-th segment of a kind. */
function segment(file: Buffer, kind: number, index = 0): number {
  const table = Number(file.readBigUInt64LE(32));
  const headers = Array.from({ length: file.readUInt16LE(56) }, (_, position) => table + 56 * position);
  return headers.filter((at) => file.readUInt32LE(at) === kind)[index] ?? Number.NaN;
}

/** Adds to a 64-bit number. */
function add(file: Buffer, at: number, value: bigint): void {
  file.writeBigUInt64LE(file.readBigUInt64LE(at) + value, at);
}

const noteName = 'NODE_SEA_BLOB\0';

export const damagesOfElf: Damages = {
  'the mark of big-endian files': {
    damage: change((file) => file.writeUInt8(2, 5)),
    problem: /little-endian ELF file/,
  },
  'the type of an object file': {
    damage: change((file) => file.writeUInt16LE(1, 16)),
    problem: /type of an executable, got 1/,
  },
  'its entry in data': {
    damage: change((file) => file.writeBigUInt64LE(0x400000n, 24)),
    problem: /the entry 0x400000 in executable/,
  },
  'a segment beyond its end': {
    damage: change((file) => add(file, segment(file, LOAD, 4) + 32, 0x10000000n)),
    problem: /The segment at 0x\w+ ends beyond the file/,
  },
  'a segment larger than its memory': {
    damage: change((file) => file.writeBigUInt64LE(16n, segment(file, LOAD, 1) + 40)),
    problem: /has more bytes than memory/,
  },
  'segments one over the other': {
    damage: change((file) => add(file, segment(file, LOAD, 1) + 40, 0x10000000n)),
    problem: /overlaps the one before/,
  },
  'a segment that pages can not hold': {
    damage: change((file) => add(file, segment(file, LOAD, 3) + 8, 1n)),
    problem: /can't be mapped there/,
  },
  'code that can be written to': {
    damage: change((file) => file.writeUInt32LE(7, segment(file, LOAD, 1) + 4)),
    problem: /both writable and executable/,
  },
  'no interpreter': {
    damage: change((file) => file.writeUInt32LE(0, segment(file, INTERPRETER))),
    problem: /of the kind "interpreter", got none/,
  },
  'a note that is not loaded': {
    damage: change((file) => add(file, segment(file, NOTE) + 16, 0x1000n)),
    problem: /The segment "note" at 0x\w+ is not loaded where it says/,
  },
  'a section beyond its end': {
    damage: change((file) => add(file, Number(file.readBigUInt64LE(40)) + 64 + 32, 0x10000000n)),
    problem: /Section 1 ends beyond the file/,
  },
  'no program in it': {
    damage: change((file) => file.write('NODE_SEA_BLOT', file.lastIndexOf(noteName))),
    problem: /Expected an injected program, got none/,
  },
  'two programs in it': {
    damage: change((file) => {
      const note = segment(file, NOTE);
      const first = Number(file.readBigUInt64LE(note + 8));
      // In the place of the notes before it: one of the same name with nothing in it, and one that ends where the true one begins.
      const second = file.lastIndexOf(noteName) - 12;
      file.fill(0, first, second);
      file.writeUInt32LE(noteName.length, first);
      file.write(noteName, first + 12);
      file.writeUInt32LE(second - first - 28 - 12, first + 28 + 4);
    }),
    problem: /Expected one note NODE_SEA_BLOB, got 2/,
  },
};
