import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Logger } from '../../../application/ports/logger.ts';
import type { PathGrant, RootGrants } from '../../../application/ports/path-grants.ts';
import type { RequestContext } from '../../../application/request-context.ts';
import { isInside } from '../../../domain/policy/paths/containment.ts';
import { mayBeDefault } from '../../../domain/policy/paths/may-be-default.ts';
import { quotePath } from '../../../domain/policy/paths/path-invalid.ts';
import { type PathPlatform, pathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import { rootPath } from '../../../domain/policy/paths/root-path.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import { codeOf } from '../file-failure.ts';
import type { PinnedDirectories } from './pin-directories.ts';

export interface HostGrantsOptions {
  /** As `process.platform` has it. */
  readonly platform: string;
  readonly homeDirectory: string | undefined;
  /** Absolute paths, of `security.allowed_directories` and `--allow`; when there are any, nothing else counts. */
  readonly configured: readonly string[];
  /** The URIs of the client's roots; undefined where it offers none. */
  readonly rootsOf: (context: RequestContext) => Promise<readonly string[] | undefined>;
  /** The directory that this process was started in; undefined if nobody chose it. */
  readonly workingDirectory: string | undefined;
  /**
   * The places of those of these directories that were there when the server started; what is missing here is looked up when it is
   * first wanted.
   */
  readonly pinned: PinnedDirectories;
  readonly logger: Logger;
}

const REMEDY =
  'start the server with "--allow DIR", or set security.allowed_directories in its configuration';

/** Directories that a message names. */
const MOST_NAMED = 3;

const notByDefault = (started: string | undefined) =>
  started === undefined
    ? ''
    : ` (the server was started in ${quotePath(started)}, which is not allowed by default)`;

const ANOTHER = `To allow another, ${REMEDY}`;

/** The use of a path that should be a directory: its real path, or the reason why it can't be used. */
type Found = { readonly real: string } | { readonly why: string };

/** Configured directories, else the client's roots, else the working directory, as they are on this machine. */
export class HostGrants implements RootGrants {
  private readonly options: HostGrantsOptions;
  private readonly platform: PathPlatform;
  /**
   * Kept once found: a directory replaced by a link while the server runs must not move what is allowed.
   */
  private readonly found = new Map<string, string>();
  private readonly refusedRoots = new Set<string>();
  /** Places of roots that were not there when the client told them. */
  private readonly expected = new Map<string, string>();

  constructor(options: HostGrantsOptions) {
    this.options = options;
    this.platform = pathPlatform(options.platform);
    for (const [path, { real, isThere }] of options.pinned) if (isThere) this.found.set(path, real);
  }

  async of(context: RequestContext): Promise<PathGrant> {
    const { configured, rootsOf, workingDirectory } = this.options;
    if (configured.length > 0) {
      const named = configured.slice(0, MOST_NAMED).map(quotePath).join(', ');
      const none = `There is no directory at ${named}: create one, or ${REMEDY}`;
      return grantOf(await this.findAll(configured), none);
    }
    const roots = await rootsOf(context);
    if (roots !== undefined) {
      const none = `The client offers no directory to work in: open one there, or ${REMEDY}`;
      return grantOf(await this.usableRoots(roots), none);
    }
    const own = workingDirectory === undefined ? [] : await this.findAll([workingDirectory]);
    return grantOf(
      own.filter((directory) => this.mayBeDefault(directory)),
      `No directory is allowed${notByDefault(workingDirectory)}: ${REMEDY}`,
    );
  }

  async pinRoots(roots: readonly string[]): Promise<void> {
    await this.usableRoots(roots);
    await Promise.all(
      roots.map(async (uri) => {
        const root = rootPath(uri, this.platform);
        if (!('path' in root) || this.found.has(root.path) || this.expected.has(root.path)) return;
        this.expected.set(root.path, await placeOf(root.path));
      }),
    );
  }

  private mayBeDefault(directory: string): boolean {
    const { homeDirectory } = this.options;
    return mayBeDefault(directory, { platform: this.platform, homeDirectory });
  }

  private async usableRoots(uris: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(
      uris.map(async (uri) => {
        const root = await this.findRoot(uri);
        if ('real' in root) return [root.real];
        this.noteRefused(uri, root.why);
        return [];
      }),
    );
    return [...new Set(found.flat())];
  }

  private async findRoot(uri: string): Promise<Found> {
    const root = rootPath(uri, this.platform);
    const found = 'path' in root ? await this.find(root.path) : root;
    if ('why' in found || this.mayBeDefault(found.real)) return found;
    return { why: 'It is a directory of the system or holds homes; only --allow allows those' };
  }

  /** Once each: a client tells the same roots again and again. */
  private noteRefused(uri: string, why: string): void {
    if (this.refusedRoots.has(uri)) return;
    this.refusedRoots.add(uri);
    this.options.logger.warn('A root of the client can’t be used', { root: shorten(uri, 300), why });
  }

  private async findAll(paths: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(paths.map((path) => this.find(path)));
    return [...new Set(found.flatMap((one) => ('real' in one ? [one.real] : [])))];
  }

  private async find(path: string): Promise<Found> {
    const known = this.found.get(path);
    if (known !== undefined) return { real: known };
    if (path.includes('\0')) return { why: 'It has a NUL character' };
    try {
      const real = await realpath(path);
      // A name that is no UTF-8 reads like others that are none: it can't be told apart from its neighbours.
      if (real.includes('\ufffd')) return { why: 'Its name is no UTF-8' };
      const expected = this.options.pinned.get(path)?.real ?? this.expected.get(path);
      if (expected !== undefined && !this.isSame(real, expected))
        return { why: 'It leads elsewhere than when it was allowed' };
      if (!(await stat(real)).isDirectory()) return { why: 'It is no directory' };
      this.found.set(path, real);
      return { real };
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      return { why: code === 'ENOENT' ? 'It is not there' : `It can’t be looked at (${code})` };
    }
  }

  /** Compares as the system does: if case or form count for nothing, it spells them its own way. */
  private isSame(real: string, expected: string): boolean {
    const { platform } = this;
    return isInside(real, expected, platform) !== false && isInside(expected, real, platform) !== false;
  }
}

/** The real path that a missing directory will have, unless it comes to be a link. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await placeOf(parent), basename(path));
  }
}

const grantOf = (directories: readonly string[], none: string): PathGrant => ({
  directories,
  advice: directories.length === 0 ? none : ANOTHER,
});
