import { posix } from 'node:path';
import type { ConfigurationHost } from '../configuration-host.ts';
import type { Configuration } from '../schema/configuration-schema.ts';
import { appDataFolder, FOLDER, pathsOf, xdgFolder } from './configuration-paths.ts';

const DATABASE = 'tfo-mcp.db';

/** The file of the database, whether it is used or not; undefined where nothing says where it could be. */
export function databasePath(
  { path }: Configuration['database'],
  host: ConfigurationHost,
): string | undefined {
  const folder = stateFolder(host);
  return path ?? (folder && pathsOf(host).join(folder, DATABASE));
}

/** The file of the key by which arguments are hashed in the events of a database. */
export const argumentKeyPath = (database: string): string => `${database}.key`;

/**
 * The folder of what this program keeps for its user: by the XDG base directories on Linux, and by the platform's own places on macOS
 * and Windows. Undefined for a user without a home.
 */
export function stateFolder(host: ConfigurationHost): string | undefined {
  const folder = folderOfStates(host);
  return folder && pathsOf(host).join(folder, FOLDER);
}

function folderOfStates(host: ConfigurationHost): string | undefined {
  const { platform, homeDirectory: home } = host;
  if (platform === 'win32') return appDataFolder(host, 'Local');
  const named = xdgFolder(host, 'XDG_STATE_HOME');
  if (named !== undefined || home === undefined) return named;
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support')
    : posix.join(home, '.local', 'state');
}
