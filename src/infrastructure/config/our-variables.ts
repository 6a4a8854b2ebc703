import type { ConfigurationHost } from './configuration-host.ts';

export const VARIABLE_PREFIX = 'TELEMETRYFLOW_MCP_';

/**
 * The environment variables that are meant for this server, under the names they have here: Windows doesn't tell upper from lower
 * case, elsewhere a lower-case name is another one. An empty variable counts as not set.
 */
export function ourVariables({ environment, platform }: ConfigurationHost): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const name of Object.keys(environment)) {
    if (!isOurs(name)) continue;
    const value = environment[name];
    if (value) variables.set(platform === 'win32' ? name.toUpperCase() : name, value);
  }
  return variables;
}

function isOurs(name: string): boolean {
  return name.slice(0, VARIABLE_PREFIX.length).toUpperCase() === VARIABLE_PREFIX;
}
