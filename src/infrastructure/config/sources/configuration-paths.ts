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
  return {
    file: path === undefined ? undefined : { path, namedBy: undefined },
    notices: unreadNotices(host, path),
  };
}

/** Mentions the files that somebody may think are read. @param read the one that is */
function unreadNotices(host: ConfigurationHost, read: string | undefined): readonly string[] {
  // A cloned repository could carry one that redirects API keys.
  const here = [...unreadPaths(host), pathsOf(host).join(host.workingDirectory, 'tfo-mcp.yml')].find(
    (candidate) => candidate !== read && host.exists(candidate),
  );
  const renamed = configurationSearchPath(host).find(
    (candidate) => candidate !== read && !host.exists(candidate) && host.exists(shortEnding(candidate)),
  );
  const older = read === undefined ? goPaths(host).find((candidate) => host.exists(candidate)) : undefined;
  return [
    ...(here === undefined ? [] : [`File "${here}" is not read unless named: --config "${here}"`]),
    ...(renamed === undefined ? [] : [`File "${shortEnding(renamed)}" is not read: name it "${renamed}"`]),
    ...(older === undefined
      ? []
      : [`File "${older}" of the Go server is not read unless named: --config "${older}"`]),
  ];
}

const shortEnding = (path: string) => path.replace(/\.yaml$/, '.yml');

/** The places of the Go server's configuration. */
function goPaths(host: ConfigurationHost): readonly string[] {
  const { homeDirectory: home, platform } = host;
  const { join } = pathsOf(host);
  const folders = [
    ...(home ? [join(home, '.telemetryflow-go-mcp')] : []),
    ...(platform === 'win32' ? [] : ['/etc/telemetryflow-go-mcp']),
  ];
  return folders.map((folder) => join(folder, 'config.yaml'));
}

function namedFile(host: ConfigurationHost, path: string, where: string): FoundFile {
  return { path: expandPath(host, path), namedBy: { where } };
}

/** This program's folder in each of those that hold one for every program. */
export const FOLDER = 'tfo-mcp';

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
function userFolders(host: ConfigurationHost): readonly string[] {
  const { platform, homeDirectory: home } = host;
  const below = (...names: readonly string[]) => home && pathsOf(host).join(home, ...names);
  const folders =
    platform === 'win32'
      ? [appDataFolder(host, 'Roaming'), below('.config')]
      : [
          xdgFolder(host, 'XDG_CONFIG_HOME'),
          below('.config'),
          platform === 'darwin' && below('Library', 'Application Support'),
        ];
  return [...new Set(folders.filter((folder): folder is string => Boolean(folder)))];
}

/** A base directory that a variable names: "All paths must be absolute; ignore relative ones" (XDG 0.8). */
export function xdgFolder({ environment }: ConfigurationHost, variable: string): string | undefined {
  const named = environment[variable];
  return named && posix.isAbsolute(named) ? named : undefined;
}

/** The folder in which Windows keeps what programs have for a user: what goes along to other machines, or what stays. */
export function appDataFolder(
  { environment, homeDirectory: home }: ConfigurationHost,
  name: 'Roaming' | 'Local',
): string | undefined {
  const named = environment[name === 'Roaming' ? 'APPDATA' : 'LOCALAPPDATA'];
  return named || (home && win32.join(home, 'AppData', name));
}
