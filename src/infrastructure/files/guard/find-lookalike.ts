import { opendir } from 'node:fs/promises';
import { lookDifference, lookOf, spelledName, strictLookOf } from '../../../domain/policy/paths/lookalike.ts';
import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { codeOf } from '../file-failure.ts';
import { inFolder } from '../list/list-folder.ts';

/** More than that are as good as all. */
const MOST_SHOWN = 4;

interface Missing {
  /** Real path of the directory that has no such name. */
  readonly folder: string;
  readonly name: string;
  /** Names to say nothing of. */
  readonly isHidden: (name: string) => boolean;
  /** True if what is found may be overwritten. */
  readonly forWriting: boolean;
}

/**
 * The one name in a directory that looks like the missing one: a file is not to get a twin that nobody can tell from it.
 * @throws DomainError `path.ambiguous` where several do
 */
export async function findLookalike({
  folder,
  name,
  isHidden,
  forWriting,
}: Missing): Promise<string | undefined> {
  const lookIn = forWriting ? strictLookOf : lookOf;
  const look = lookIn(name);
  const alike = (await namesIn(folder, (found) => lookIn(found) === look)).filter(
    (found) => !isHidden(found),
  );
  if (alike.length <= 1) return alike[0];
  const shown = alike
    .sort()
    .slice(0, MOST_SHOWN)
    .map((found) => `${spelledName(found)} ${lookDifference(found, name)}`);
  throw new DomainError(
    'path.ambiguous',
    'conflict',
    `There is no ${quotePath(name)}, but ${alike.length} names that look like it: ${shown.join('; ')}. Give one of them exactly`,
  );
}

/** Read bit by bit: a directory of a million names holds nobody up. */
async function namesIn(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  try {
    await inFolder(folder, async (reach) => {
      for await (const { name } of await opendir(reach, { bufferSize: 512 }))
        if (!name.includes('\ufffd') && isWanted(name)) found.push(name);
    });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return []; // not to be read, or no directory: what is in it stays unknown
  }
  return found;
}
