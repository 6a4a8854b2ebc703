import type { BundleFiles } from '../bundle.ts';
import { type TargetName, targets } from '../targets.ts';
import { examineElf } from './elf.ts';
import type { Examination } from './examination.ts';
import { examineMachO } from './mach-o.ts';
import { examinePe } from './pe.ts';

const formats = {
  elf: { examine: examineElf, machines: { x64: 62, arm64: 183 } },
  'mach-o': { examine: examineMachO, machines: { x64: 0x1000007, arm64: 0x100000c } },
  pe: { examine: examinePe, machines: { x64: 0x8664, arm64: 0xaa64 } },
} as const;

/** Node.js runs what is injected only when this, once in the file, ends with 1: src/node_sea.cc. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';
const BLOB_MAGIC = Buffer.of(0x20, 0xda, 0x43, 0x01);

/** Faults of the executable of a target that must carry these files; none if it is as it should be. */
export function problemsOf(target: TargetName, file: Buffer, files: BundleFiles): string[] {
  const { format, arch } = targets[target];
  const { examine, machines } = formats[format];
  try {
    const { machine, blob, problems } = examine(file);
    const foreign =
      machine === machines[arch] ? [] : [`Expected a program for ${arch}, got machine ${machine}`];
    return [...problems, ...foreign, ...problemsOfBlob(blob, files), ...problemsOfFuse(file)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`The file ends within its headers: ${error.message}`];
  }
}

function problemsOfBlob(blob: Examination['blob'], { bundle, optional }: BundleFiles): string[] {
  if (!blob) return ['Expected an injected program, got none'];
  if (!blob.subarray(0, 4).equals(BLOB_MAGIC)) return ['The injected program is none of Node.js'];
  return [
    ...(blob.includes(bundle) ? [] : ['The injected program is not the bundle']),
    ...(blob.includes(optional) ? [] : ['The injected program has not these optional packages']),
  ];
}

function problemsOfFuse(file: Buffer): string[] {
  const at = file.indexOf(FUSE);
  if (at < 0 || file.includes(FUSE, at + 1)) return ["Expected Node.js's fuse to be there once"];
  return file[at + FUSE.length] === 0x31 ? [] : ["Expected Node.js's fuse to be set, got one that is not"];
}

/** Throws, and names every problem, unless the executable is as it should be. */
export function verifyExecutable(target: TargetName, file: Buffer, files: BundleFiles): void {
  const problems = problemsOf(target, file, files);
  if (problems.length === 0) return;
  throw new Error(
    `Expected a sound executable for ${target}, got one with these problems:\n  ${problems.join('\n  ')}`,
  );
}
