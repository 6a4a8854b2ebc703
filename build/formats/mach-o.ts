import { contains, type Examination, type Extent, hex } from './examination.ts';
import { command, type MachOLayout, readMachO, type Segment } from './mach-o-layout.ts';
import { problemsOfSignature } from './mach-o-signature.ts';

const ARM64 = 0x100000c;

/** Load commands that are an extent of __LINKEDIT: the signature, and what the dynamic linker reads. */
const linkedit: readonly number[] = [command.signature, 0x1e, 0x26, 0x29, 0x2b, 0x80000033, 0x80000034];

/** The dynamic linker's information in its older form: five extents in a row. */
const linkerInfo: readonly number[] = [0x22, 0x80000022];

/**
 * Examines a macOS executable by what xnu and dyld enforce, its signature with every page's hash included, and finds the
 * section that postject adds. Throws RangeError when the file ends within its headers.
 */
export function examineMachO(file: Buffer): Examination {
  if (file.readUInt32LE(0) !== 0xfeedfacf)
    return { machine: 0, blob: null, problems: ['Expected a thin 64-bit Mach-O file'] };
  const layout = readMachO(file);
  const section = layout.segments
    .find(({ name }) => name === 'NODE_SEA')
    ?.sections.find(({ name }) => name === '__NODE_SEA_BLOB')?.file;
  return {
    machine: layout.machine,
    blob: section ? file.subarray(section.offset, section.offset + section.size) : null,
    problems: [
      ...problemsOfCommands(file, layout),
      ...problemsOfSegments(file, layout),
      ...problemsOfLinkedit(file, layout),
      ...problemsOfSigning(file, layout),
    ],
  };
}

function problemsOfCommands(file: Buffer, { commands, commandsEnd, firstSection }: MachOLayout): string[] {
  const problems: string[] = [];
  for (const { kind, size } of commands) {
    if (size % 8 !== 0) problems.push(`Load command ${hex(kind)} has the odd size ${size}`);
  }
  if (commandsEnd !== 32 + file.readUInt32LE(20))
    problems.push('The load commands have another size than said');
  if (commandsEnd > firstSection) problems.push('The load commands overlap the first section');
  return problems;
}

function problemsOfSegments(file: Buffer, { machine, segments }: MachOLayout): string[] {
  const page = machine === ARM64 ? 0x4000 : 0x1000;
  const problems: string[] = [];
  let end = 0;
  for (const { name, memory, file: bytes, sections } of segments) {
    if (memory.offset % page !== 0 || (bytes.size > 0 && bytes.offset % page !== 0))
      problems.push(`Segment ${name} is not aligned to pages`);
    if (memory.offset < end) problems.push(`Segment ${name} overlaps the one before`);
    if (!contains({ offset: 0, size: file.length }, bytes))
      problems.push(`Segment ${name} ends beyond the file`);
    for (const section of sections) {
      if (section.file === null || section.file.size === 0) continue;
      const inPlace = section.address - memory.offset === section.file.offset - bytes.offset;
      if (!inPlace || !contains(bytes, section.file))
        problems.push(`Section ${name},${section.name} is not loaded where it says`);
    }
    end = memory.offset + memory.size;
  }
  return problems;
}

function problemsOfLinkedit(file: Buffer, { commands, segments }: MachOLayout): string[] {
  const last = segments.at(-1);
  if (last?.name !== '__LINKEDIT') return [`Expected __LINKEDIT to be the last segment, got ${last?.name}`];
  const problems: string[] = [];
  if (last.file.offset + last.file.size !== file.length)
    problems.push(
      `Expected __LINKEDIT to end the file at ${file.length}, got ${last.file.offset + last.file.size}`,
    );
  for (const { kind, at } of commands) {
    const outside = extentsOf(file, kind, at).filter(
      ({ offset, size }) => size > 0 && !isIn(last, offset, size),
    );
    for (const { offset } of outside)
      problems.push(`Load command ${hex(kind)} points to ${hex(offset)}, outside of __LINKEDIT`);
  }
  return problems;
}

const isIn = ({ file }: Segment, offset: number, size: number): boolean => contains(file, { offset, size });

function extentsOf(file: Buffer, kind: number, at: number): Extent[] {
  const extent = (position: number, unit = 1) => ({
    offset: file.readUInt32LE(at + position),
    size: file.readUInt32LE(at + position + 4) * unit,
  });
  if (linkedit.includes(kind)) return [extent(8)];
  if (linkerInfo.includes(kind)) return [8, 16, 24, 32, 40].map((position) => extent(position));
  if (kind === command.symbols) return [extent(8, 16), extent(16)];
  if (kind === command.dynamicSymbols) return [extent(56, 4)];
  return [];
}

function problemsOfSigning(file: Buffer, { commands }: MachOLayout): string[] {
  const signature = commands.find(({ kind }) => kind === command.signature);
  if (!signature) return ['Expected a signature, got none'];
  const extent = { offset: file.readUInt32LE(signature.at + 8), size: file.readUInt32LE(signature.at + 12) };
  const problems: string[] = [];
  if (extent.offset % 16 !== 0) problems.push('The signature is not aligned');
  if (extent.offset + extent.size !== file.length)
    problems.push(`Expected the signature to end the file, got it at ${hex(extent.offset)}`);
  return [...problems, ...problemsOfSignature(file, extent)];
}
