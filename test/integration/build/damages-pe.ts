import { peHeaders } from '../../../build/formats/pe.ts';
import { change, type Damages } from './damage.ts';

/** The header's offset of the n-th section; negative counts from the last. */
function section(file: Buffer, index: number): number {
  const { coff, optional } = peHeaders(file);
  const count = file.readUInt16LE(coff + 2);
  return optional + file.readUInt16LE(coff + 16) + 40 * (index < 0 ? count + index : index);
}

/** The offset of the resources in the file. */
function resources(file: Buffer): number {
  return file.readUInt32LE(section(file, -1) + 20);
}

/** The offset of the program's size in its entry in the table of resources: 16 bytes that say where, how much, and zeros. */
function programEntry(file: Buffer): number {
  const start = resources(file);
  const address = file.readUInt32LE(section(file, -1) + 12);
  const blob = file.indexOf(Buffer.of(0x20, 0xda, 0x43, 0x01), start);
  const entry = Buffer.alloc(4);
  entry.writeUInt32LE(blob - start + address);
  return file.indexOf(entry, start);
}

function add(file: Buffer, at: number, value: number): void {
  file.writeUInt32LE(file.readUInt32LE(at) + value, at);
}

export const damagesOfPe: Damages = {
  'no PE header': {
    damage: change((file) => file.write('NE', peHeaders(file).coff - 4)),
    problem: /Expected a PE file/,
  },
  'the mark of 32-bit files': {
    damage: change((file) => file.writeUInt16LE(0x10b, peHeaders(file).optional)),
    problem: /Expected a 64-bit PE file/,
  },
  'its entry in data': {
    damage: change((file) =>
      file.writeUInt32LE(file.readUInt32LE(section(file, 1) + 12), peHeaders(file).optional + 16),
    ),
    problem: /the entry 0x\w+ in executable memory/,
  },
  'a checksum': {
    damage: change((file) => file.writeUInt32LE(1, peHeaders(file).checksum)),
    problem: /Expected no checksum/,
  },
  'a signature': {
    damage: change((file) => file.writeUInt32LE(1, peHeaders(file).directories + 8 * 4)),
    problem: /Expected no signature/,
  },
  'resources nowhere': {
    damage: change((file) => file.writeUInt32LE(0x7fffffff, peHeaders(file).directories + 8 * 2)),
    problem:
      /Expected resources in a section, got them at 0x7fffffff[\s\S]*Expected an injected program, got none/,
  },
  'a resource beyond its section': {
    damage: change((file) => add(file, programEntry(file) + 4, 0x100000)),
    problem: /Resource 10\/NODE_SEA_BLOB\/\d+ ends beyond its section/,
  },
  'resources in a circle': {
    // The first entry of the first table leads to that table.
    damage: change((file) => file.writeUInt32LE(0x80000000, resources(file) + 16 + 4)),
    problem: /a tree of resources has three levels/,
  },
  'two programs in it': {
    // Another entry of the first table becomes the same as the one that leads to the program.
    damage: change((file) => {
      const entries = resources(file) + 16;
      const count = file.readUInt16LE(entries - 4) + file.readUInt16LE(entries - 2);
      const places = Array.from({ length: count }, (_, index) => entries + 8 * index);
      const program = places.find((at) => file.readUInt32LE(at) === 10) ?? Number.NaN;
      const other = places.find((at) => at !== program) ?? Number.NaN;
      file.copy(file, other, program, program + 8);
    }),
    problem: /Expected one resource NODE_SEA_BLOB, got 2/,
  },
  'no program in it': {
    damage: change((file) => {
      const name = Buffer.from('NODE_SEA_BLOB', 'utf16le');
      file.write('X', file.indexOf(name, resources(file)));
    }),
    problem: /Expected an injected program, got none/,
  },
  'the description of another program': {
    damage: change((file) => {
      const name = Buffer.from('tfo-mcp.exe', 'utf16le');
      file.write('node', file.indexOf(name, resources(file)), 'utf16le');
    }),
    problem: /Expected one description, of tfo-mcp\.exe; got another/,
  },
  'a section out of line in memory': {
    damage: change((file) => add(file, section(file, 1) + 12, 1)),
    problem: /Section \.rdata is not aligned in memory/,
  },
  'a section out of line in the file': {
    damage: change((file) => add(file, section(file, 1) + 20, 1)),
    problem: /Section \.rdata is not aligned in the file/,
  },
  'sections one over the other': {
    damage: change((file) => add(file, section(file, 0) + 8, 0x1000000)),
    problem: /Section \.rdata overlaps the one before/,
  },
  'a section beyond its end': {
    damage: change((file) => add(file, section(file, -1) + 16, 0x1000)),
    problem: /Section \.rsrc ends beyond the file/,
  },
  'an image too small': {
    damage: change((file) => file.writeUInt32LE(0x1000, peHeaders(file).optional + 56)),
    problem: /Expected an image of at least 0x\w+, got 0x1000/,
  },
  'bytes behind it': {
    damage: (file) => Buffer.concat([file, Buffer.alloc(16)]),
    problem: /Expected nothing behind the sections, got 16 bytes/,
  },
};
