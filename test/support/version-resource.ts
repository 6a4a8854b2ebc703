import { resourcesOf } from '../../build/formats/pe.ts';

/** A block of a version resource: VS_VERSIONINFO, StringFileInfo, StringTable and String have one form. */
interface Block {
  readonly key: string;
  readonly value: Buffer;
  readonly children: readonly Block[];
}

/** The type of a version resource. */
const VERSION = 16;

/** The description of a Windows executable as Explorer reads it: the version in numbers, and its words. Throws unless there is one. */
export function versionResource(file: Buffer) {
  const [resource, ...others] = resourcesOf(file).filter(({ path }) => path[0] === VERSION);
  if (resource === undefined || others.length > 0) throw new Error('Expected one version resource');
  const { key, value, children } = readBlock(resource.content);
  if (key !== 'VS_VERSION_INFO' || value.readUInt32LE(0) !== 0xfeef04bd)
    throw new Error('Expected a version resource, got something else');
  const blockOf = (name: string) => children.find((child) => child.key === name);
  const [table] = blockOf('StringFileInfo')?.children ?? [];
  const language = blockOf('VarFileInfo')?.children[0]?.value;
  return {
    id: resource.path[1],
    fileVersion: numbers(value, 8),
    productVersion: numbers(value, 16),
    isPrerelease: (value.readUInt32LE(24) & value.readUInt32LE(28) & 2) !== 0,
    /** As the table of words is named, and as the list says in which there are any. */
    language: [table?.key, language && hex4(language, 0) + hex4(language, 2)],
    words: Object.fromEntries(
      (table?.children ?? []).map((word) => [word.key, word.value.toString('utf16le').replace(/\0$/, '')]),
    ),
  };
}

const hex4 = (bytes: Buffer, at: number) => bytes.readUInt16LE(at).toString(16).padStart(4, '0');

/** Four numbers of 16 bits, in pairs of which the second is the lower. */
const numbers = (bytes: Buffer, at: number) =>
  [2, 0, 6, 4].map((place) => bytes.readUInt16LE(at + place)).join('.');

const padded = (size: number) => Math.ceil(size / 4) * 4;

function readBlock(block: Buffer): Block {
  const isText = block.readUInt16LE(4) === 1;
  const keyEnd = block.indexOf(Buffer.alloc(2), 6);
  const end = keyEnd + ((keyEnd - 6) % 2);
  const at = padded(end + 2);
  const size = block.readUInt16LE(2) * (isText ? 2 : 1);
  const children: Block[] = [];
  for (let next = padded(at + size); next < block.readUInt16LE(0); ) {
    const length = block.readUInt16LE(next);
    children.push(readBlock(block.subarray(next, next + length)));
    next += padded(length);
  }
  return { key: block.toString('utf16le', 6, end), value: block.subarray(at, at + size), children };
}
