import { command, readMachO } from '../../../build/formats/mach-o-layout.ts';
import { change, type Damages } from './damage.ts';

/** The offset of the load command of a kind. */
function commandAt(file: Buffer, kind: number): number {
  return readMachO(file).commands.find((candidate) => candidate.kind === kind)?.at ?? Number.NaN;
}

/** The offset of a segment's load command. */
function segmentAt(file: Buffer, name: string): number {
  return readMachO(file).segments.find((segment) => segment.name === name)?.at ?? Number.NaN;
}

/** The offset of the signature, and within it the code directory and the requirements, in the order that they are written. */
function signatureAt(file: Buffer) {
  const start = file.readUInt32LE(commandAt(file, command.signature) + 8);
  return {
    start,
    directory: start + file.readUInt32BE(start + 16),
    requirements: start + file.readUInt32BE(start + 24),
  };
}

const flip = (file: Buffer, at: number) => file.writeUInt8(file.readUInt8(at) ^ 1, at);
const onePage = /1 of \d+ pages have another hash than signed/;

export const damagesOfMachO: Damages = {
  'a byte of code changed': { damage: change((file) => flip(file, 0x2000000)), problem: onePage },
  'its last byte of code changed': {
    damage: change((file) => flip(file, signatureAt(file).start - 1)),
    problem: onePage,
  },
  'a page hash changed': {
    damage: change((file) => flip(file, signatureAt(file).requirements - 1)),
    problem: onePage,
  },
  'its requirements changed': {
    damage: change((file) => flip(file, signatureAt(file).requirements + 11)),
    problem: /Part 2 of the signature has another hash/,
  },
  'less signed than there is': {
    damage: change((file) => {
      const { directory } = signatureAt(file);
      file.writeUInt32BE(file.readUInt32BE(directory + 32) - 4096, directory + 32);
    }),
    problem: /Expected the code signed up to 0x\w+, got/,
  },
  'fewer pages signed than there are': {
    damage: change((file) => file.writeUInt32BE(5, signatureAt(file).directory + 28)),
    problem: /Expected \d+ pages signed, got 5/,
  },
  'a hash that nobody knows': {
    damage: change((file) => file.writeUInt8(99, signatureAt(file).directory + 37)),
    problem: /Expected a known hash function, got number 99/,
  },
  'a signature that is none': {
    damage: change((file) => file.writeUInt32BE(0, signatureAt(file).start)),
    problem: /Expected a signature, got something else/,
  },
  'a signature larger than its place': {
    damage: change((file) => file.writeUInt32BE(0x7fffffff, signatureAt(file).start + 4)),
    problem: /signature ends beyond its place/,
  },
  'a code directory that is none': {
    damage: change((file) => file.writeUInt32BE(0, signatureAt(file).directory)),
    problem: /Expected a code directory, got something else/,
  },
  'no code directory': {
    damage: change((file) => file.writeUInt32BE(0x1000, signatureAt(file).start + 12)),
    problem: /Expected a code directory, got none/,
  },
  'no signature': {
    damage: change((file) => file.writeUInt32LE(0x7f, commandAt(file, command.signature))),
    problem: /Expected a signature, got none/,
  },
  'a signature out of line': {
    damage: change((file) =>
      file.writeUInt32LE(signatureAt(file).start + 4, commandAt(file, command.signature) + 8),
    ),
    problem: /The signature is not aligned/,
  },
  'bytes behind it': {
    damage: (file) => Buffer.concat([file, Buffer.alloc(16)]),
    problem: /__LINKEDIT to end the file at [\s\S]*Expected the signature to end the file/,
  },
  'load commands of another size': {
    damage: change((file) => file.writeUInt32LE(file.readUInt32LE(20) - 8, 20)),
    problem: /load commands have another size than said/,
  },
  'load commands over the code': {
    damage: change((file) => {
      const section = segmentAt(file, '__TEXT') + 72;
      file.writeUInt32LE(0x100, section + 48);
    }),
    problem: /load commands overlap the first section/,
  },
  'a load command of an odd size': {
    damage: change((file) => {
      const at = readMachO(file).commands.at(-1)?.at ?? 0;
      file.writeUInt32LE(file.readUInt32LE(at + 4) + 4, at + 4);
    }),
    problem: /Load command 0x\w+ has the odd size/,
  },
  'a segment out of line': {
    damage: change((file) => file.writeBigUInt64LE(0x105240100n, segmentAt(file, '__DATA') + 24)),
    problem: /Segment __DATA is not aligned to pages/,
  },
  'segments one over the other': {
    damage: change((file) => file.writeBigUInt64LE(0x100000000n, segmentAt(file, '__DATA') + 24)),
    problem: /Segment __DATA overlaps the one before/,
  },
  'a segment beyond its end': {
    damage: change((file) => file.writeBigUInt64LE(0x10000000n, segmentAt(file, '__DATA') + 48)),
    problem: /Segment __DATA ends beyond the file/,
  },
  'a section out of place': {
    damage: change((file) => flip(file, segmentAt(file, 'NODE_SEA') + 72 + 33)),
    problem: /Section NODE_SEA,__NODE_SEA_BLOB is not loaded where it says/,
  },
  'symbols outside of their segment': {
    damage: change((file) => file.writeUInt32LE(0, commandAt(file, command.symbols) + 8)),
    problem: /Load command 0x2 points to 0x0, outside of __LINKEDIT/,
  },
  'another segment at its end': {
    damage: change((file) => file.write('__LINKEDUT', segmentAt(file, '__LINKEDIT') + 8)),
    problem: /Expected __LINKEDIT to be the last segment, got __LINKEDUT/,
  },
  'no program in it': {
    damage: change((file) => file.write('NODE_SEE', segmentAt(file, 'NODE_SEA') + 8)),
    problem: /Expected an injected program, got none/,
  },
};
