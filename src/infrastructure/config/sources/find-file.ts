import type { ConfigurationHost } from '../configuration-host.ts';
import { configurationSearchPath, expandPath, unreadPaths } from './configuration-paths.ts';
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
