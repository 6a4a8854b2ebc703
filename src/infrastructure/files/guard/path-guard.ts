import { type FileHandle, readlink, realpath, stat } from 'node:fs/promises';
import type { PathGrant } from '../../../application/ports/path-grants.ts';
import {
  absolutePath,
  joinPath,
  namesDirectory,
  plainPath,
  splitRoot,
} from '../../../domain/policy/paths/absolute-path.ts';
import { foreignPath } from '../../../domain/policy/paths/foreign-path.ts';
import { pathInvalid } from '../../../domain/policy/paths/path-invalid.ts';
import { type PathPlatform, pathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import {
  type SensitivePaths,
  type SensitivePlaces,
  sensitivePaths,
  sensitivePlaces,
} from '../../../domain/policy/paths/sensitive-places.ts';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { fileFailure, LINK_CIRCLE, notDirectory } from '../file-failure.ts';
import { isAllowed, isOnAllowedShare, isSameFile } from './containment.ts';
import { findLookalike } from './find-lookalike.ts';
import { PathLookups } from './path-lookups.ts';
import {
  noSuchDirectory,
  outside,
  refusedAsForeign,
  refusedAsSensitive,
  replaced,
  withReason,
} from './refusals.ts';
import { resolvePath } from './resolve-path.ts';

export interface PathGuardOptions {
  /** As `process.platform` has it. */
  readonly platform: string;
  /** Absolute. */
  readonly homeDirectory: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute, beyond what everyone keeps secret: the server's own database, keys and configurations, existing or not. */
  readonly sensitive: readonly string[];
}

export interface GuardedPath {
  /**
   * Absolute and normalized, as the caller named it: links are not resolved. For messages and results. Where the caller's name
   * only looks like that of a file, it is the file's own.
   */
  readonly named: string;
  /** The real path, every link followed; a path that doesn't exist yet is below its deepest existing ancestor. For the work. */
  readonly real: string;
}

interface FollowedPath extends GuardedPath {
  readonly isMissing: boolean;
  /** Names at the end of `real` that nothing has. */
  readonly missing: readonly string[];
}

/** Milliseconds for which the sensitive places' real paths are believed: links to them seldom change. */
const PLACES_KEPT_MS = 5000;

/**
 * Lets a path through where it leads into an allowed directory and to no sensitive place. A path can lead elsewhere a moment
 * later: whoever opens `real` asks `verifyOpened` about what it got, before it hands out or changes anything.
 */
export class PathGuard {
  readonly platform: PathPlatform;
  private readonly homeDirectory: string | undefined;
  private readonly places: SensitivePlaces;
  private resolved: { readonly at: number; readonly paths: Promise<SensitivePaths> } | undefined;

  constructor({ platform, homeDirectory, environment, sensitive }: PathGuardOptions) {
    this.platform = pathPlatform(platform);
    this.homeDirectory = homeDirectory;
    const { paths, homes } = sensitivePlaces({ platform: this.platform, homeDirectory, environment });
    this.places = { paths: [...paths, ...sensitive], homes };
  }

  /**
   * Checks a path before anything is done with it. Relative ones count from the first allowed directory; it need not exist.
   * @param forWriting true if what is there may be overwritten
   * @throws DomainError `path.invalid`, `path.ambiguous`, `path.outside`, `path.sensitive`, `file.not-directory`
   */
  async enter(path: string, grant: PathGrant, forWriting = false): Promise<GuardedPath> {
    const [first] = grant.directories;
    if (first === undefined) throw new DomainError('path.outside', 'forbidden', grant.advice);
    const { platform, homeDirectory } = this;
    const given = plainPath(path, platform);
    const named = absolutePath(given, { platform, homeDirectory, directory: first });
    const foreignForm = foreignPath(given, platform);
    const found = await this.follow(named, grant, forWriting).catch((error) => {
      throw foreignForm === undefined ? error : withReason(error, foreignForm);
    });
    if (found.isMissing && foreignForm !== undefined) throw refusedAsForeign(given, foreignForm);
    // On disk it stands for a byte that is no UTF-8: the new name would be the twin of one that nobody can give.
    if (forWriting && found.missing.some((name) => name.includes('\ufffd')))
      throw pathInvalid(given, 'it has U+FFFD, which stands for what is no UTF-8; choose another name');
    if (namesDirectory(given, platform)) await requireDirectory(found);
    return { named: found.named, real: found.real };
  }

  /** Goes where a path leads; a name that nothing has stands for the one that looks like it, if there is exactly one. */
  private async follow(named: string, grant: PathGrant, forWriting: boolean): Promise<FollowedPath> {
    const { platform } = this;
    // Looking at a foreign share would already send the user's credentials there.
    if (named.startsWith('\\\\') && !isOnAllowedShare(named, grant, platform)) throw outside(named, grant);
    const sensitive = await this.sensitive();
    if (sensitive.covers(named)) throw refusedAsSensitive(named);
    const mayFollow = (share: string) => isOnAllowedShare(share, grant, platform);
    const { real, failure, missing } = await resolvePath(named, platform, mayFollow);
    await this.check({ named, real }, grant, sensitive);
    if (failure === 'ELOOP') throw pathInvalid(named, LINK_CIRCLE);
    const isMissing = failure === 'ENOENT' || failure === 'ENOTDIR';
    const alike = isMissing ? await this.findLookalike(real, missing, { grant, forWriting }) : undefined;
    return alike === undefined
      ? { named, real, isMissing, missing }
      : await this.follow(alike, grant, forWriting);
  }

  /** The path with the first of the missing names as a directory that is allowed has it, if it has exactly one like it. */
  private async findLookalike(
    real: string,
    [name, ...rest]: readonly string[],
    { grant, forWriting }: { readonly grant: PathGrant; readonly forWriting: boolean },
  ): Promise<string | undefined> {
    const { platform } = this;
    const { root, names } = splitRoot(real, platform);
    const folder = joinPath(root, names.slice(0, -1 - rest.length), platform);
    if (name === undefined || !(await isAllowed(folder, grant, platform))) return undefined;
    const { covers } = await this.sensitive();
    const isHidden = (found: string) => covers(joinPath(folder, [found], platform));
    const alike = await findLookalike({ folder, name, isHidden, forWriting });
    return alike === undefined ? undefined : joinPath(folder, [alike, ...rest], platform);
  }

  /**
   * Checks what was opened, file or directory, whatever became of its path meanwhile: on Linux by asking the system where the
   * open file is, elsewhere by comparing it with what is at the path that was let through, which leaves a narrow race.
   * @returns its real path
   * @throws DomainError `path.outside`, `path.sensitive`
   */
  async verifyOpened(handle: FileHandle, grant: PathGrant, entered: GuardedPath): Promise<string> {
    const real = this.platform === 'linux' ? await pathOfOpened(handle) : undefined;
    if (real === undefined) return await this.verifyByIdentity(handle, grant, entered);
    if (real !== entered.real) await this.verifyReal({ named: entered.named, real }, grant);
    return real;
  }

  /**
   * Checks a real path that was found on the way from what was let through, such as a name in a directory that is open.
   * @throws DomainError `path.outside`, `path.sensitive`
   */
  async verifyReal(found: GuardedPath, grant: PathGrant): Promise<void> {
    await this.check(found, grant, await this.sensitive());
  }

  /** Tells which of the real paths below a real directory are sensitive; undefined if none can be, so that a walk needn't ask. */
  async sensitiveBelow(directory: string): Promise<((path: string) => boolean) | undefined> {
    const sensitive = await this.sensitive();
    return sensitive.mayHoldAny(directory) ? sensitive.covers : undefined;
  }

  private async verifyByIdentity(
    handle: FileHandle,
    grant: PathGrant,
    entered: GuardedPath,
  ): Promise<string> {
    try {
      const opened = await handle.stat({ bigint: true });
      const real = await realpath(entered.real);
      await this.verifyReal({ named: entered.named, real }, grant);
      if (!isSameFile(opened, await stat(real, { bigint: true }))) throw replaced(entered.named);
      return real;
    } catch (error) {
      throw fileFailure(error, entered.named);
    }
  }

  private async check(
    { named, real }: GuardedPath,
    grant: PathGrant,
    sensitive: SensitivePaths,
  ): Promise<void> {
    if (!(await isAllowed(real, grant, this.platform))) throw outside(named, grant);
    if (sensitive.covers(real)) throw refusedAsSensitive(named);
  }

  /** The sensitive places by name and by where they lead, looked up again now and then. */
  private async sensitive(): Promise<SensitivePaths> {
    const now = performance.now();
    if (this.resolved === undefined || now - this.resolved.at > PLACES_KEPT_MS)
      this.resolved = { at: now, paths: this.resolvePlaces() };
    return await this.resolved.paths;
  }

  private async resolvePlaces(): Promise<SensitivePaths> {
    const { paths, homes } = this.places;
    const lookups = new PathLookups();
    const realOf = async (path: string) =>
      (await resolvePath(path, this.platform, () => false, lookups)).real;
    const [realPaths, realHomes] = await Promise.all([
      Promise.all(paths.map(realOf)),
      Promise.all(homes.map(async (home) => ({ ...home, path: await realOf(home.path) }))),
    ]);
    return sensitivePaths(
      { paths: [...paths, ...realPaths], homes: [...homes, ...realHomes] },
      this.platform,
    );
  }
}

/** The path of an open file, by the kernel; undefined if /proc is missing. */
async function pathOfOpened(handle: FileHandle): Promise<string | undefined> {
  let path: string;
  try {
    path = await readlink(`/proc/self/fd/${handle.fd}`);
  } catch {
    return undefined; // no /proc in this namespace: compare device and inode instead
  }
  const mark = ' (deleted)';
  // Replaced by an atomic save since it was opened; a name can also end so.
  return path.endsWith(mark) && (await handle.stat()).nlink === 0 ? path.slice(0, -mark.length) : path;
}

/** @throws DomainError `file.not-directory`, `file.not-found` */
async function requireDirectory({ named, real, isMissing }: FollowedPath): Promise<void> {
  if (isMissing) throw noSuchDirectory(named);
  const stats = await stat(real).catch(() => undefined); // what can't be looked at is told by whoever opens it
  if (stats?.isDirectory() === false) throw notDirectory(`${named}/`);
}
