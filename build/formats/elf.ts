import { contains, type Examination, type Extent, hex, textAt, uint64 } from './examination.ts';

const segmentTypes = { load: 1, dynamic: 2, interpreter: 3, note: 4, headers: 6 } as const;
const EXECUTABLE = 1;
const WRITABLE = 2;
const NO_BITS = 8;
const BLOB = 'NODE_SEA_BLOB';

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly file: Extent;
  readonly memory: Extent;
  readonly align: number;
}

/**
 * Examines an ELF executable by what Linux's loader and glibc's rely on (elf(5)), and finds the note that postject adds.
 * Throws RangeError when the file ends within its headers.
 */
export function examineElf(file: Buffer): Examination {
  const problems: string[] = [];
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) {
    return { machine: 0, blob: null, problems: ['Expected a 64-bit little-endian ELF file'] };
  }
  const type = file.readUInt16LE(16);
  if (type !== 2 && type !== 3) problems.push(`Expected the type of an executable, got ${type}`);

  const segments = readSegments(file);
  problems.push(...problemsOfSegments(file, segments), ...problemsOfSections(file));

  const entry = { offset: uint64(file, 24), size: 1 };
  const code = segments.filter(({ type, flags }) => type === segmentTypes.load && flags & EXECUTABLE);
  if (!code.some(({ memory }) => contains(memory, entry)))
    problems.push(`Expected the entry ${hex(entry.offset)} in executable memory`);

  const blobs = segments
    .filter(({ type }) => type === segmentTypes.note)
    .flatMap((note) => blobsOf(file, note));
  if (blobs.length > 1) problems.push(`Expected one note ${BLOB}, got ${blobs.length}`);
  return { machine: file.readUInt16LE(18), blob: blobs[0] ?? null, problems };
}

function readSegments(file: Buffer): Segment[] {
  const table = uint64(file, 32);
  return Array.from({ length: file.readUInt16LE(56) }, (_, index) => {
    const at = table + index * file.readUInt16LE(54);
    return {
      type: file.readUInt32LE(at),
      flags: file.readUInt32LE(at + 4),
      file: { offset: uint64(file, at + 8), size: uint64(file, at + 32) },
      memory: { offset: uint64(file, at + 16), size: uint64(file, at + 40) },
      align: uint64(file, at + 48),
    };
  });
}

function problemsOfSegments(file: Buffer, segments: readonly Segment[]): string[] {
  const problems: string[] = [];
  const whole = { offset: 0, size: file.length };
  const loads = segments.filter(({ type }) => type === segmentTypes.load);
  let end = 0;
  for (const { flags, file: bytes, memory, align } of loads) {
    const name = `The segment at ${hex(memory.offset)}`;
    if (!contains(whole, bytes)) problems.push(`${name} ends beyond the file`);
    if (bytes.size > memory.size) problems.push(`${name} has more bytes than memory`);
    if (memory.offset < end) problems.push(`${name} overlaps the one before`);
    if (align > 1 && bytes.offset % align !== memory.offset % align)
      problems.push(`${name} lies at ${hex(bytes.offset)} of the file, which can't be mapped there`);
    if (flags & EXECUTABLE && flags & WRITABLE) problems.push(`${name} is both writable and executable`);
    end = memory.offset + memory.size;
  }
  for (const [name, type] of Object.entries(segmentTypes)) {
    const found = segments.filter((segment) => segment.type === type);
    if (found.length === 0) problems.push(`Expected a segment of the kind "${name}", got none`);
    for (const { file: bytes, memory } of found) {
      const load = loads.find((candidate) => contains(candidate.file, bytes));
      const inPlace = load && memory.offset - load.memory.offset === bytes.offset - load.file.offset;
      if (!inPlace)
        problems.push(`The segment "${name}" at ${hex(bytes.offset)} is not loaded where it says`);
    }
  }
  return problems;
}

/** The loader needs no sections; debuggers and strip tools do. */
function problemsOfSections(file: Buffer): string[] {
  const table = uint64(file, 40);
  const problems: string[] = [];
  for (let index = 0; index < file.readUInt16LE(60); index++) {
    const at = table + index * file.readUInt16LE(58);
    const bytes = { offset: uint64(file, at + 24), size: uint64(file, at + 32) };
    const inFile = file.readUInt32LE(at + 4) === NO_BITS || contains({ offset: 0, size: file.length }, bytes);
    if (!inFile) problems.push(`Section ${index} ends beyond the file`);
  }
  return problems;
}

function blobsOf(file: Buffer, { file: { offset, size } }: Segment): Buffer[] {
  const blobs: Buffer[] = [];
  for (let at = offset; at < offset + size; ) {
    const nameSize = file.readUInt32LE(at);
    const contentSize = file.readUInt32LE(at + 4);
    const content = at + 12 + padded(nameSize);
    if (textAt(file, at + 12, nameSize) === BLOB) blobs.push(file.subarray(content, content + contentSize));
    at = content + padded(contentSize);
  }
  return blobs;
}

const padded = (size: number): number => Math.ceil(size / 4) * 4;
