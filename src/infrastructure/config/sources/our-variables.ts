import type { ConfigurationHost } from '../configuration-host.ts';

export const VARIABLE_PREFIX = 'TELEMETRYFLOW_MCP_';

/** Everybody's names for the Claude API, and for telemetry; others that begin so are not ours to judge. */
const SHARED_VARIABLES: readonly string[] = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_API_KEY_FILE',
  'ANTHROPIC_BASE_URL',
  ...[
    'ENABLED',
    'ENDPOINT',
    'PROTOCOL',
    'INSECURE',
    'API_KEY_ID',
    'API_KEY_SECRET',
    'API_KEY_SECRET_FILE',
    'COMPRESSION',
    'TIMEOUT',
    'ENABLE_TRACES',
    'ENABLE_METRICS',
    'ENABLE_LOGS',
    'SERVICE_NAME',
    'SERVICE_NAMESPACE',
    'ENVIRONMENT',
    'BATCH_TIMEOUT_MS',
    'BATCH_MAX_SIZE',
    'RETRY_ENABLED',
    'MAX_RETRIES',
    'RETRY_BACKOFF_MS',
    'RATE_LIMIT',
  ].map((name) => `TELEMETRYFLOW_${name}`),
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

/** Sections that keep something from clients: what says nothing that is understood there must not be passed over. */
const GUARDS = ['security', 'tools'];

/** Tells of a value that came to nothing, as a shell or a template leaves it. */
export const emptyNotice = (what: string) => `${what} is empty, and counts as not set`;

/** Decides whether a setting is one of those sections. */
export function isGuard(key: string): boolean {
  return GUARDS.some((section) => key.startsWith(`${section}.`));
}

/** Decides whether a variable is meant for a setting of those sections. */
export function isGuardVariable(name: string): boolean {
  const upper = name.toUpperCase();
  return GUARDS.some((section) => upper.startsWith(`${VARIABLE_PREFIX}${section.toUpperCase()}_`));
}

/** The variables of those sections that are there without a value, as `${NAME:-}` leaves them. */
export function emptyGuardVariables({ environment }: ConfigurationHost): readonly string[] {
  return Object.keys(environment).filter((name) => environment[name] === '' && isGuardVariable(name));
}

function isOurs(name: string): boolean {
  return (
    name.slice(0, VARIABLE_PREFIX.length).toUpperCase() === VARIABLE_PREFIX || SHARED_VARIABLES.includes(name)
  );
}
