import { win32 } from 'node:path';
import { joinPath, splitRoot } from '../../../domain/policy/paths/absolute-path.ts';
import { withoutVerbatimPrefix } from '../../../domain/policy/paths/windows-path.ts';
import type { PathLookups } from './path-lookups.ts';

/** Linux follows as many links in one path. */
export const MAX_LINKS = 40;

interface FollowedLinks {
  /** The path without links, as far as they were followed. */
  readonly real: string;
  /** The reason why they weren't all, as systems name it. */
  readonly failure?: 'EACCES' | 'ELOOP';
}

/**
 * Follows the links of a Windows path one by one, each known before anything goes through it: on the way to `\\host\share`
 * Windows tells that host the user's name and a hash of the password.
 * @param path absolute; its own root is not judged
 */
export async function followLinks(
  path: string,
  lookups: PathLookups,
  mayFollow: (share: string) => boolean,
): Promise<FollowedLinks> {
  let { root: real, names: rest } = splitRoot(path, 'windows');
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...below] = rest;
    const found = await lookups.find(joinPath(real, [name], 'windows'));
    if (found === 'missing') break;
    if (found === 'other') {
      real = joinPath(real, [name], 'windows');
      rest = below;
      continue;
    }
    const next = win32.resolve(real, withoutVerbatimPrefix(found.target));
    links += 1;
    if (links > MAX_LINKS) return { real: joinPath(real, rest, 'windows'), failure: 'ELOOP' };
    if (next.startsWith('\\\\') && !isSameShare(next, real) && !mayFollow(next))
      return { real: joinPath(next, below, 'windows'), failure: 'EACCES' };
    const led = splitRoot(next, 'windows');
    real = led.root;
    rest = [...led.names, ...below];
  }
  return { real: joinPath(real, rest, 'windows') };
}

const isSameShare = (path: string, other: string) =>
  splitRoot(path, 'windows').root.toLowerCase() === splitRoot(other, 'windows').root.toLowerCase();
