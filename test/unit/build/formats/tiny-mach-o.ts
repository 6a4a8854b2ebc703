/** Oddities that a tiny Mach-O file can have, and a sound one has not. */
interface Oddities {
  /** Bytes behind the last segment. */
  readonly behind?: number;
  /** Room between the load commands and the first section. */
  readonly room?: number;
  readonly segments?: readonly [string, string];
}

const HEADER = 32;
const SEGMENT = 72;
const SECTION = 80;

/** The least that can be signed: a page of code with one section, and __LINKEDIT. */
export function tinyMachO({
  behind = 0,
  room = 64,
  segments = ['__TEXT', '__LINKEDIT'],
}: Oddities = {}): Buffer {
  const commands = 2 * SEGMENT + SECTION;
  const page = 0x4000;
  const linkedit = 100;
  const file = Buffer.alloc(page + linkedit + behind, 0xaa);
  file.fill(0, 0, HEADER + commands + room);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(0x100000c, 4);
  file.writeUInt32LE(2, 12);
  file.writeUInt32LE(2, 16);
  file.writeUInt32LE(commands, 20);
  writeSegment(file, HEADER, { name: segments[0], sections: 1, at: 0, size: page });
  const section = HEADER + SEGMENT;
  file.write('__text', section);
  file.writeBigUInt64LE(BigInt(HEADER + commands + room), section + 32);
  file.writeBigUInt64LE(16n, section + 40);
  file.writeUInt32LE(HEADER + commands + room, section + 48);
  writeSegment(file, section + SECTION, { name: segments[1], sections: 0, at: page, size: linkedit });
  return file;
}

interface TinySegment {
  readonly name: string;
  readonly sections: number;
  /** In the file as in memory. */
  readonly at: number;
  readonly size: number;
}

function writeSegment(file: Buffer, command: number, { name, sections, at, size }: TinySegment): void {
  file.writeUInt32LE(0x19, command);
  file.writeUInt32LE(SEGMENT + sections * SECTION, command + 4);
  file.write(name, command + 8);
  for (const [index, value] of [at, size, at, size].entries())
    file.writeBigUInt64LE(BigInt(value), command + 24 + 8 * index);
  file.writeUInt32LE(sections, command + 64);
}
