import { posix, win32 } from 'node:path';
import type { ConfigurationHost } from '../configuration-host.ts';
import type { SourcePlace } from './given-setting.ts';

export interface FoundFile {
  readonly path: string;
  /** The place that named it; undefined when it was found where configurations are looked for. */
  readonly namedBy: SourcePlace | undefined;
}

/** The one configuration file to read, if any: named by `--config`, by TFO_MCP_CONFIG, or found. */
export function findFile(
  host: ConfigurationHost,
  named: string | undefined,
): { readonly file: FoundFile | undefined; readonly notices: readonly string[] } {
  const variable = host.environment['TFO_MCP_CONFIG'];
  if (named !== undefined) return { file: namedFile(host, named, '--config'), notices: [] };
  if (variable) return { file: namedFile(host, variable, 'TFO_MCP_CONFIG'), notices: [] };

  const path = configurationSearchPath(host).find((candidate) => host.exists(candidate));
  const unread = unreadPaths(host).find((candidate) => candidate !== path && host.exists(candidate));
  return {
    file: path === undefined ? undefined : { path, namedBy: undefined },
    // A cloned repository could carry one that redirects API keys.
    notices: unread === undefined ? [] : [`File "${unread}" is not read unless named: --config "${unread}"`],
  };
}

function namedFile(host: ConfigurationHost, path: string, where: string): FoundFile {
  return { path: expandPath(host, path), namedBy: { where } };
}

const FOLDER = 'tfo-mcp';
const NAMES = ['tfo-mcp.yaml', 'config.yaml'];

/** The places where the file is looked for when it isn't named, in order: the user's places, then the machine's. */
export function configurationSearchPath(host: ConfigurationHost): readonly string[] {
  return [...userSearchPath(host), ...(host.platform === 'win32' ? [] : filesIn(host, '/etc'))];
}

/** The user's own places among them; none for a user without a home. */
export function userSearchPath(host: ConfigurationHost): readonly string[] {
  return userFolders(host).flatMap((folder) => filesIn(host, folder));
}

function filesIn(host: ConfigurationHost, folder: string): readonly string[] {
  const { join } = pathsOf(host);
  return NAMES.map((name) => join(folder, FOLDER, name));
}

/** The places where the older servers looked first: a file here is mentioned, not read, since it may be anybody's. */
export function unreadPaths(host: ConfigurationHost): readonly string[] {
  const { join } = pathsOf(host);
  return ['tfo-mcp.yaml', join('configs', 'tfo-mcp.yaml')].map((name) => join(host.workingDirectory, name));
}

/** An absolute path: `~` is the home directory, and a relative path counts from `base`. */
export function expandPath(host: ConfigurationHost, path: string, base = host.workingDirectory): string {
  const paths = pathsOf(host);
  if (host.homeDirectory && /^~(?:$|[\\/])/.test(path)) return paths.join(host.homeDirectory, path.slice(1));
  return paths.resolve(base, path);
}

export function pathsOf(host: ConfigurationHost): typeof posix {
  return host.platform === 'win32' ? win32 : posix;
}

/** XDG base directories, which macOS users have too, and the platform's own places after them. */
function userFolders({ platform, environment, homeDirectory: home }: ConfigurationHost): readonly string[] {
  const folders: (string | undefined)[] = [];
  if (platform === 'win32') {
    folders.push(environment['APPDATA'] || (home && win32.join(home, 'AppData', 'Roaming')));
    folders.push(home && win32.join(home, '.config'));
  } else {
    const configHome = environment['XDG_CONFIG_HOME'];
    // "All paths set in these environment variables must be absolute; ignore relative ones" (XDG 0.8).
    if (configHome && posix.isAbsolute(configHome)) folders.push(configHome);
    folders.push(home && posix.join(home, '.config'));
    if (platform === 'darwin') folders.push(home && posix.join(home, 'Library', 'Application Support'));
  }
  return [...new Set(folders.filter((folder): folder is string => Boolean(folder)))];
}
