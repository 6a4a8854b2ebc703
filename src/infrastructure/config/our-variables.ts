import type { ConfigurationHost } from './configuration-host.ts';

export const VARIABLE_PREFIX = 'TELEMETRYFLOW_MCP_';

/** Everybody's names for the Claude API; others that begin so are not ours to judge. */
const CLAUDE_VARIABLES: readonly string[] = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_API_KEY_FILE',
  'ANTHROPIC_BASE_URL',
];

/**
 * The environment variables that are meant for this server, under the names they have here: Windows doesn't tell upper from lower
 * case, elsewhere a lower-case name is another one. An empty variable counts as not set.
 */
export function ourVariables({ environment, platform }: ConfigurationHost): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const given of Object.keys(environment)) {
    const name = platform === 'win32' ? given.toUpperCase() : given;
    if (!isOurs(name)) continue;
    const value = environment[given];
    if (value) variables.set(name, value);
  }
  return variables;
}

function isOurs(name: string): boolean {
  return (
    name.slice(0, VARIABLE_PREFIX.length).toUpperCase() === VARIABLE_PREFIX || CLAUDE_VARIABLES.includes(name)
  );
}
