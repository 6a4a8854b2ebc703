import { contains, type Examination, type Extent, hex, textAt } from './examination.ts';

const RESOURCES = 2;
const SIGNATURE = 4;
const RC_DATA = 10;
const VERSION = 16;
const BLOB = 'NODE_SEA_BLOB';
const FILE_NAME = Buffer.from('OriginalFilename\0tfo-mcp.exe\0', 'utf16le');
const EXECUTABLE = 0x20000000;

/** Positions of the fields of a PE file: PE Format, "Optional Header (Image Only)". */
export function peHeaders(file: Buffer) {
  const coff = file.readUInt32LE(0x3c) + 4;
  const optional = coff + 20;
  return { coff, optional, checksum: optional + 64, directories: optional + 112 };
}

interface Section {
  readonly name: string;
  readonly flags: number;
  /** In memory, relative to where the image is loaded. */
  readonly memory: Extent;
  readonly file: Extent;
}

/**
 * Examines a 64-bit Windows executable by what the loader relies on, and finds the resource that postject adds.
 * A signature is a problem: the injection has made it a wrong one. Throws RangeError when the file ends within its headers.
 */
export function examinePe(file: Buffer): Examination {
  const { coff, optional, checksum, directories } = peHeaders(file);
  if (file.toString('latin1', 0, 2) !== 'MZ' || file.toString('latin1', coff - 4, coff) !== 'PE\0\0')
    return { machine: 0, blob: null, problems: ['Expected a PE file'] };
  const problems: string[] = [];
  if (file.readUInt16LE(optional) !== 0x20b) problems.push('Expected a 64-bit PE file');

  const sections = readSections(file);
  problems.push(...problemsOfSections(file, sections));

  const entry = { offset: file.readUInt32LE(optional + 16), size: 1 };
  if (!sections.some(({ flags, memory }) => flags & EXECUTABLE && contains(memory, entry)))
    problems.push(`Expected the entry ${hex(entry.offset)} in executable memory`);
  if (file.readUInt32LE(checksum) !== 0) problems.push('Expected no checksum, got one of another file');
  if (file.readUInt32LE(directories + 8 * SIGNATURE) !== 0)
    problems.push('Expected no signature, got one of another file');

  const { offset, section, resources } = readResources(file, sections);
  if (!section) problems.push(`Expected resources in a section, got them at ${hex(offset)}`);
  for (const { path, memory } of resources) {
    if (section && !contains(section.memory, memory))
      problems.push(`Resource ${path.join('/')} ends beyond its section`);
  }
  const blobs = resources.filter(({ path }) => path[0] === RC_DATA && path[1] === BLOB);
  if (blobs.length > 1) problems.push(`Expected one resource ${BLOB}, got ${blobs.length}`);
  const descriptions = resources.filter(({ path }) => path[0] === VERSION);
  if (descriptions.length !== 1 || !descriptions[0]?.content.includes(FILE_NAME))
    problems.push('Expected one description, of tfo-mcp.exe; got another');
  return { machine: file.readUInt16LE(coff), blob: blobs[0]?.content ?? null, problems };
}

/** The resources of a PE file, with what they hold. */
export const resourcesOf = (file: Buffer): readonly Resource[] =>
  readResources(file, readSections(file)).resources;

function readSections(file: Buffer): Section[] {
  const { coff, optional } = peHeaders(file);
  const table = optional + file.readUInt16LE(coff + 16);
  return Array.from({ length: file.readUInt16LE(coff + 2) }, (_, index) => {
    const at = table + 40 * index;
    return {
      name: textAt(file, at, 8),
      flags: file.readUInt32LE(at + 36),
      memory: { offset: file.readUInt32LE(at + 12), size: file.readUInt32LE(at + 8) },
      file: { offset: file.readUInt32LE(at + 20), size: file.readUInt32LE(at + 16) },
    };
  });
}

function problemsOfSections(file: Buffer, sections: readonly Section[]): string[] {
  const { optional } = peHeaders(file);
  const memoryAlign = file.readUInt32LE(optional + 32);
  const fileAlign = file.readUInt32LE(optional + 36);
  const problems: string[] = [];
  let end = 0;
  let fileEnd = 0;
  for (const { name, memory, file: bytes } of sections) {
    if (memory.offset % memoryAlign !== 0) problems.push(`Section ${name} is not aligned in memory`);
    if (bytes.offset % fileAlign !== 0) problems.push(`Section ${name} is not aligned in the file`);
    if (memory.offset < end) problems.push(`Section ${name} overlaps the one before`);
    if (bytes.offset + bytes.size > file.length) problems.push(`Section ${name} ends beyond the file`);
    end = memory.offset + memory.size;
    fileEnd = Math.max(fileEnd, bytes.offset + bytes.size);
  }
  const imageSize = file.readUInt32LE(optional + 56);
  if (imageSize < end) problems.push(`Expected an image of at least ${hex(end)}, got ${hex(imageSize)}`);
  if (fileEnd < file.length)
    problems.push(`Expected nothing behind the sections, got ${file.length - fileEnd} bytes`);
  return problems;
}

interface Resource {
  /** Type, name, language; each a number or a text. */
  readonly path: readonly (number | string)[];
  readonly memory: Extent;
  readonly content: Buffer;
}

function readResources(file: Buffer, sections: readonly Section[]) {
  const offset = file.readUInt32LE(peHeaders(file).directories + 8 * RESOURCES);
  const section = sections.find(({ memory }) => contains(memory, { offset, size: 1 }));
  return { offset, section, resources: section ? readTree(file, section, offset) : [] };
}

function readTree(file: Buffer, section: Section, root: number): Resource[] {
  const inFile = (address: number) => section.file.offset + address - section.memory.offset;
  const top = inFile(root);
  const read = (table: number, path: Resource['path']): Resource[] => {
    if (path.length >= 3) throw new RangeError('a tree of resources has three levels');
    const count = file.readUInt16LE(table + 12) + file.readUInt16LE(table + 14);
    return Array.from({ length: count }, (_, index) => {
      const id = file.readUInt32LE(table + 16 + 8 * index);
      const child = file.readUInt32LE(table + 20 + 8 * index);
      const here = [...path, id & HIGH_BIT ? resourceName(file, top + low(id)) : id];
      if (child & HIGH_BIT) return read(top + low(child), here);
      const offset = file.readUInt32LE(top + child);
      const size = file.readUInt32LE(top + child + 4);
      const content = file.subarray(inFile(offset), inFile(offset) + size);
      return [{ path: here, memory: { offset, size }, content }];
    }).flat();
  };
  return read(top, []);
}

/** Marks an offset within the resources, of a name or of a deeper table. */
const HIGH_BIT = 0x80000000;
const low = (value: number): number => value & 0x7fffffff;

function resourceName(file: Buffer, at: number): string {
  return file.toString('utf16le', at + 2, at + 2 + 2 * file.readUInt16LE(at));
}
