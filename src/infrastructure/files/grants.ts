import { realpath, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PathGrant, PathGrants } from '../../application/ports/path-grants.ts';
import type { RequestContext } from '../../application/request-context.ts';
import { mayBeDefault } from '../../domain/policy/path-default.ts';
import { pathPlatform } from '../../domain/policy/path-platform.ts';
import { codeOf } from './path-guard-failure.ts';

export interface HostGrantsOptions {
  /** As `process.platform` has it. */
  readonly platform: string;
  readonly homeDirectory: string | undefined;
  /** Absolute paths, of `security.allowed_directories` and `--allow`; when there are any, nothing else counts. */
  readonly configured: readonly string[];
  /** The URIs of the client's roots; undefined where it offers none. */
  readonly rootsOf: (context: RequestContext) => Promise<readonly string[] | undefined>;
  /** Where this process was started; undefined where it is nobody's choice. */
  readonly workingDirectory: string | undefined;
}

const REMEDY =
  'start the server with "--allow DIR", or set security.allowed_directories in its configuration';

/** Configured directories, else the client's roots, else the working directory, as they are on this machine. */
export class HostGrants implements PathGrants {
  private readonly options: HostGrantsOptions;
  /**
   * Kept once found: a directory replaced by a link while the server runs must not move what is allowed.
   */
  private readonly found = new Map<string, string>();

  constructor(options: HostGrantsOptions) {
    this.options = options;
  }

  async of(context: RequestContext): Promise<PathGrant> {
    const { configured, rootsOf, workingDirectory } = this.options;
    if (configured.length > 0) {
      const directories = await this.findAll(configured);
      return { directories, advice: `None of the allowed directories exists: create one, or ${REMEDY}` };
    }
    const roots = await rootsOf(context);
    if (roots !== undefined) {
      const directories = await this.findAll(pathsOf(roots));
      const advice = `The client offers no directory to work in: open one there, or ${REMEDY}`;
      return { directories: directories.filter((directory) => this.mayBeDefault(directory)), advice };
    }
    const own = workingDirectory === undefined ? [] : await this.findAll([workingDirectory]);
    return {
      directories: own.filter((directory) => this.mayBeDefault(directory)),
      advice: `No directory is allowed: ${REMEDY}`,
    };
  }

  private mayBeDefault(directory: string): boolean {
    const { platform, homeDirectory } = this.options;
    return mayBeDefault(directory, { platform: pathPlatform(platform), homeDirectory });
  }

  private async findAll(paths: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(paths.map((path) => this.find(path)));
    return [...new Set(found.filter((directory) => directory !== undefined))];
  }

  private async find(path: string): Promise<string | undefined> {
    const known = this.found.get(path);
    if (known !== undefined) return known;
    try {
      const real = await realpath(path);
      // A name that is no UTF-8 reads like others that are none: it can't be told apart from its neighbours.
      if (real.includes('\ufffd') || !(await stat(real)).isDirectory()) return undefined;
      this.found.set(path, real);
      return real;
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return undefined; // not there, or not there yet
    }
  }
}

/** The paths of file URIs; other schemes and foreign hosts name nothing on this machine. */
function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.flatMap((uri) => {
    try {
      return [fileURLToPath(uri)];
    } catch {
      return [];
    }
  });
}
