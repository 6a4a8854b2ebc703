import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import type { Entry, EntryType, Listing, ListRequest } from '../../../application/ports/file-tree.ts';
import { codeOf } from '../file-failure.ts';
import { directoryFailure, inFolder } from './list-folder.ts';
import { type Stretch, type WalkedFolder, walkInOrder } from './walk-in-order.ts';
import { levelOf, type TreeRoot, withinRoot } from './walk-root.ts';

/** More at once would only queue for the same threads. */
const FOLDERS_AT_ONCE = 16;
const DETAILS_AT_ONCE = 32;

interface ListedFolder extends WalkedFolder {
  readonly types: readonly EntryType[];
  readonly isUnreadable: boolean;
}

const UNREADABLE: ListedFolder = { names: [], below: [], types: [], isUnreadable: true };

/**
 * Lists a directory. Links are told as such and not followed; sensitive places are named, and not entered.
 * @throws DomainError when the directory itself can't be read
 */
export async function listTree(root: TreeRoot, request: ListRequest, signal: AbortSignal): Promise<Listing> {
  const entries: Entry[] = [];
  const unreadable: string[] = [];
  const listing = (truncated: boolean) => ({ path: root.named, entries, truncated, unreadable });
  for await (const stretch of walkListing(root, request, signal)) {
    const { path, folder, from } = stretch;
    if (folder.isUnreadable) unreadable.push(path.slice(0, -1));
    const to = Math.min(stretch.to, from + request.limit - entries.length);
    const names = { ...stretch, to };
    if (request.details) entries.push(...(await detailed(root, names, signal)));
    else for (let at = from; at < to; at++) entries.push(entryOf(names, at));
    if (to < stretch.to) return listing(true);
  }
  return listing(false);
}

function walkListing(root: TreeRoot, request: ListRequest, signal: AbortSignal) {
  const levels = request.recursive ? (request.maxDepth ?? Number.POSITIVE_INFINITY) : 1;
  const twins = new Set<string>();
  const read = async (path: string): Promise<ListedFolder> => {
    const real = withinRoot(root, path);
    if (path !== '' && (root.isSensitive?.(real) || twins.has(path))) return UNREADABLE;
    try {
      const found = await inFolder(real, (reach) => readdir(reach, { withFileTypes: true }));
      const folder = listedFolder(
        request.includeHidden ? found : found.filter(isShown),
        levelOf(path) < levels,
      );
      for (const name of twinsIn(folder)) twins.add(`${path}${name}/`);
      return folder;
    } catch (error) {
      if (path === '') throw directoryFailure(error, root.named);
      return UNREADABLE;
    }
  };
  const { after, told = 1 } = request;
  const passed = after === undefined ? {} : { after: { names: after.split('/'), times: told } };
  return walkInOrder({ read, ahead: FOLDERS_AT_ONCE, signal, ...passed });
}

const isShown = ({ name }: Dirent) => !name.startsWith('.');

function listedFolder(found: Dirent[], isEntered: boolean): ListedFolder {
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names: string[] = [];
  const types: EntryType[] = [];
  const below: number[] = [];
  for (const entry of found) {
    const type = typeOf(entry);
    if (isEntered && type === 'directory') below.push(names.length);
    names.push(entry.name);
    types.push(type);
  }
  return { names, types, below, isUnreadable: false };
}

/** Names that several have, since not all of them are UTF-8: each would lead to the one that is. */
function* twinsIn({ names, below }: ListedFolder): Iterable<string> {
  for (const at of below) {
    const name = names[at] as string;
    if (name.includes('\ufffd') && (names[at - 1] === name || names[at + 1] === name)) yield name;
  }
}

function typeOf(entry: Dirent): EntryType {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}

const entryOf = ({ path, folder }: Stretch<ListedFolder>, at: number): Entry => ({
  path: path + folder.names[at],
  type: folder.types[at] as EntryType,
});

/** The same entries with sizes and times; those that are gone by now, or sensitive, stay without. */
async function detailed(root: TreeRoot, stretch: Stretch<ListedFolder>, signal: AbortSignal) {
  const { path, folder, from, to } = stretch;
  const entries = Array.from({ length: to - from }, (_, at) => entryOf(stretch, from + at));
  if (entries.length === 0) return entries;
  const real = withinRoot(root, path);
  const look = async (reach: string) => {
    let next = 0;
    const work = async () => {
      for (let at = next++; at < entries.length; at = next++) {
        signal.throwIfAborted();
        const name = folder.names[from + at];
        if (root.isSensitive?.(`${real}/${name}`)) continue;
        const found = await lstat(`${reach}/${name}`).catch(() => undefined);
        if (!found) continue;
        const modified = found.mtime.toISOString();
        entries[at] = { ...(entries[at] as Entry), size: found.size, modified };
      }
    };
    await Promise.all(Array.from({ length: DETAILS_AT_ONCE }, work));
  };
  await inFolder(real, look).catch((error) => {
    signal.throwIfAborted();
    if (codeOf(error) === undefined) throw error;
  });
  return entries;
}
