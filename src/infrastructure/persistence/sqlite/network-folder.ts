import { readFile, stat, statfs } from 'node:fs/promises';
import { unusablePlace } from './store-failure.ts';

/** Types of file systems that other machines may write, as Linux's statfs(2) has them. */
const NETWORK_TYPES: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB',
  16914839: '9P',
  1397113167: 'AFS',
  12805120: 'Ceph',
  198183888: 'Lustre',
  1196443219: 'GPFS',
  18225520: 'GFS2',
  1952539503: 'OCFS2',
  2020557398: 'VirtualBox',
  3133910204: 'VMware',
};

const FUSE = 0x65735546;

/** Kinds of FUSE on which processes share memory as on a disk; of the others nobody knows. */
const LOCAL_FUSE: readonly string[] = ['fuseblk', 'fuse.fuse-overlayfs', 'virtiofs'];

/**
 * Refuses a folder that lies on another machine: processes could not share the memory that SQLite needs beside the file, and the
 * file would be damaged. Linux knows such folders by their type, Windows by their path; a letter that stands for one is not found.
 * @throws DomainError `store.unavailable`
 */
export async function refuseNetworkFolder(folder: string): Promise<void> {
  const kind = await networkKindOf(folder);
  if (kind === undefined) return;
  throw unusablePlace(
    `The database can't lie on a network file system (${kind}): name a folder on a local disk`,
  );
}

async function networkKindOf(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return isShare(folder) ? 'a Windows share' : undefined;
  if (process.platform !== 'linux') return undefined;
  const { type } = await statfs(folder);
  return type === FUSE ? fuseKindIn(await mountsText(), (await stat(folder)).dev) : networkKind(type);
}

/** The kind of network file system that Linux's type stands for. */
export const networkKind = (type: number): string | undefined => NETWORK_TYPES[type];

/** The kind of FUSE, unless it is as good as a disk. @param mounts text of /proc/self/mountinfo */
export function fuseKindIn(mounts: string, dev: number): string | undefined {
  // As in <sys/sysmacros.h>, for the numbers that Linux gives to what has no disk.
  const device = `${(dev >>> 8) & 0xfff}:${(dev & 0xff) | ((dev >>> 12) & 0xfff00)}`;
  const line = mounts.split('\n').findLast((mount) => mount.split(' ', 3)[2] === device);
  const kind = line?.split(' - ')[1]?.split(' ', 1)[0] ?? 'fuse';
  return LOCAL_FUSE.includes(kind) ? undefined : kind;
}

/** True for a path on another Windows machine. */
export const isShare = (path: string): boolean => /^[/\\]{2}(?:[?.][/\\]UNC[/\\]|[^/\\?.])/i.test(path);

const mountsText = () => readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
