import type { GivenSetting, SourcePlace } from './given-setting.ts';

interface OlderKey {
  /** Its fate, behind "is" or "are". */
  readonly fate: string;
  /** Beside the variable of its own name. */
  readonly alias?: string;
  /** The key that it is another name of. */
  readonly means?: string;
}

const VERSION = 'ignored, since the program knows its version';
const PROTOCOL = 'ignored, since clients choose the protocol version';
const HIDING = 'ignored, since that only hid things (see tools.disabled and security.read_only)';
const UNUSED = 'ignored, as by the older servers: nothing here has that limit';
const CONVERSATIONS =
  'ignored, as by the older servers: claude.max_conversations and claude.max_messages are the limits that hold';
const LOG_LINES = 'ignored: log lines have one form, with times in ISO 8601';
const KEY_LIST = 'ignored: keys are in security.api_keys_file, and "tfo-mcp keys create" makes them';
const SERVER_DATABASE =
  'ignored: this version has no PostgreSQL; database.driver says where conversations are kept';
const CORS = 'ignored: security.allowed_origins names those whose pages may use the server';

/** Keys of the older servers that no setting stands for: accepted, so that a user who moves over keeps the file. */
const OLDER_KEYS: Readonly<Record<string, OlderKey>> = {
  'server.version': { fate: VERSION },
  'server.read_timeout': { fate: UNUSED },
  'server.write_timeout': { fate: UNUSED },
  'claude.retry_delay': { fate: 'ignored: the API says when to try again, and else the waits grow' },
  'claude.enable_batching': { fate: 'ignored, as by the older servers: every answer is awaited' },
  'mcp.protocol_version': { fate: PROTOCOL },
  'mcp.enable_tools': { fate: HIDING, alias: 'TELEMETRYFLOW_MCP_ENABLE_TOOLS' },
  'mcp.enable_resources': { fate: HIDING, alias: 'TELEMETRYFLOW_MCP_ENABLE_RESOURCES' },
  'mcp.enable_prompts': { fate: HIDING, alias: 'TELEMETRYFLOW_MCP_ENABLE_PROMPTS' },
  'mcp.enable_logging': { fate: HIDING },
  'mcp.enable_sampling': { fate: HIDING },
  'mcp.max_tools_per_session': { fate: UNUSED },
  'mcp.max_resources_per_session': { fate: UNUSED },
  'mcp.max_prompts_per_session': { fate: UNUSED },
  'mcp.max_conversations': { fate: CONVERSATIONS },
  'mcp.max_messages_per_conv': { fate: CONVERSATIONS },
  'logging.add_source': { fate: LOG_LINES },
  'logging.time_format': { fate: LOG_LINES },
  'database.postgres_url': { fate: SERVER_DATABASE },
  'database.postgres_max_conns': { fate: SERVER_DATABASE },
  'database.postgres_min_conns': { fate: SERVER_DATABASE },
  'database.enabled': { fate: SERVER_DATABASE },
  'database.url': { fate: SERVER_DATABASE },
  'database.host': { fate: SERVER_DATABASE },
  'database.port': { fate: SERVER_DATABASE },
  'database.user': { fate: SERVER_DATABASE },
  'database.password': { fate: SERVER_DATABASE },
  'database.database': { fate: SERVER_DATABASE },
  'database.sslmode': { fate: SERVER_DATABASE },
  'database.max_open_conns': { fate: SERVER_DATABASE },
  'database.max_idle_conns': { fate: SERVER_DATABASE },
  'database.auto_migrate': { fate: SERVER_DATABASE },
  'database.seed_data': { fate: SERVER_DATABASE },
  'telemetry.otlp_endpoint': { fate: 'read as telemetry.endpoint', means: 'telemetry.endpoint' },
  'telemetry.otlp_insecure': { fate: 'read as telemetry.insecure', means: 'telemetry.insecure' },
  'telemetry.metrics_enabled': {
    fate: 'read as telemetry.enable_metrics',
    means: 'telemetry.enable_metrics',
  },
  'telemetry.service_version': { fate: VERSION },
  'telemetry.api_key': {
    fate: 'ignored, as by the older servers: telemetry.api_key_id and telemetry.api_key_secret are what the platform takes',
  },
  'telemetry.enable_exemplars': { fate: 'ignored: metrics are sent without exemplars' },
  'security.allowed_api_keys': { fate: KEY_LIST },
  'security.cors_enabled': { fate: CORS },
  'security.cors_allowed_origins': { fate: CORS },
};

/** Known to later versions and to the older servers: a file may have them, and nobody reads what is inside. */
export const UNUSED_SECTIONS: readonly string[] = [
  'telemetry_mcp',
  'clickhouse',
  'cache',
  'queue',
  'analytics',
];

/** The keys, `section.key`, in the order of the sections. */
export const olderKeys: readonly string[] = Object.keys(OLDER_KEYS);

/** The fate of an older key, as the end of a sentence behind "is"; undefined for other keys. */
export function fateOf(key: string): string | undefined {
  return Object.hasOwn(OLDER_KEYS, key) ? OLDER_KEYS[key]?.fate : undefined;
}

/** The key that an older one is another name of. */
export function meaningOfOlder(key: string): string | undefined {
  return Object.hasOwn(OLDER_KEYS, key) ? OLDER_KEYS[key]?.means : undefined;
}

/** Each with its variables. */
export function olderVariables(prefix: string): ReadonlyMap<string, string> {
  const variables = Object.entries(OLDER_KEYS).flatMap(([key, { alias }]) => {
    const own = `${prefix}${key.replace('.', '_')}`.toUpperCase();
    return [own, ...(alias === undefined ? [] : [alias])].map((variable) => [variable, key] as const);
  });
  return new Map(variables);
}

export interface GivenOlderKey {
  readonly key: string;
  readonly place: SourcePlace;
}

/** Notices of these keys' fates, one sentence for each fate: a file of an older server has a dozen of them. */
export function olderKeyNotices(given: readonly GivenOlderKey[]): readonly string[] {
  const byFate = Map.groupBy(given, ({ key }) => fateOf(key));
  return [...byFate].map(([fate, keys]) => {
    const list = keys.map(({ key, place }, index) => `"${key}" (${whereOf(place, index)})`).join(', ');
    return keys.length === 1 ? `Setting ${list} is ${fate}` : `Settings ${list} are ${fate}`;
  });
}

/** One line for all notices of what only the older servers had, or meant otherwise; a single one stands for itself. */
export function olderSummary(notices: readonly string[]): readonly string[] {
  if (notices.length < 2) return notices;
  return [
    `${notices.length} remarks on settings that are ignored, or mean something else than for the older servers: see "tfo-mcp validate"`,
  ];
}

/** Says what a transport does that the older servers only had a word for: they served their client on stdin all the same. */
export function transportNotices(given: GivenSetting | undefined): readonly string[] {
  if (given === undefined || given.place.where.startsWith('--') || given.value !== 'sse') return [];
  return [
    `Setting "server.transport" (${given.place.where}) is "sse": the server listens for HTTP+SSE clients, and serves none on stdin. ` +
      'The older servers served stdin all the same: for a client that starts this server, set "stdio"',
  ];
}

/** The whole place once; the others are in the same file. */
function whereOf({ where, line }: SourcePlace, index: number): string {
  return index === 0 || line === undefined ? where : `line ${line}`;
}
