import * as v from 'valibot';
import { seconds } from './seconds.ts';
import { about } from './setting-facts.ts';
import { stateKey } from './state-key.ts';
import { choice, listOf, onOff, text, wholeNumber } from './value-schemas.ts';

const MIB = 1024 * 1024;

/*
 * Every setting: its type, default, validation, variables and meaning. A new setting is one row here, and
 * nothing else; its variable is TELEMETRYFLOW_MCP_<SECTION>_<KEY>. An empty variable counts as not given, and in
 * a file so does `null`, and "" where there is no default.
 */

const server = v.strictObject({
  name: v.optional(
    v.pipe(
      text(),
      v.maxLength(128, 'a text of at most 128 characters'),
      about('Name told to clients (`serverInfo.name`)'),
    ),
    'TelemetryFlow-MCP',
  ),
  transport: v.optional(
    v.pipe(choice(['stdio'], ' (this version serves stdio only)'), about('How clients reach the server')),
    'stdio',
  ),
  shutdown_timeout: v.optional(
    v.pipe(
      seconds(0, 300),
      about('How long requests in flight may take to finish when the server stops', { unit: 'seconds' }),
    ),
    2,
  ),
  debug: v.optional(
    v.pipe(onOff(), about('Sets `logging.level` to debug', { aliases: ['TELEMETRYFLOW_MCP_DEBUG'] })),
    false,
  ),
});

const mcp = v.strictObject({
  tool_timeout: v.optional(
    v.pipe(seconds(0.1, 86_400), about('How long a tool may take to answer', { unit: 'seconds' })),
    30,
  ),
  max_message_size: v.optional(
    v.pipe(wholeNumber(MIB, 256 * MIB), about('Longest incoming message that is taken', { unit: 'bytes' })),
    64 * MIB,
  ),
  page_size: v.optional(v.pipe(wholeNumber(1, 1000), about('Entries in one page of a list')), 100),
  protocol_version: v.optional(
    v.pipe(
      text(),
      about('Accepted from older configurations and ignored', {
        notice: () => 'is ignored, since clients choose the protocol version',
      }),
    ),
  ),
});

const logging = v.strictObject({
  level: v.optional(
    v.pipe(
      choice(['debug', 'info', 'warn', 'error', 'warning']),
      v.transform((level) => (level === 'warning' ? 'warn' : level)),
      about('Least severe level that is logged', { aliases: ['TELEMETRYFLOW_MCP_LOG_LEVEL'] }),
    ),
    'info',
  ),
  format: v.optional(
    v.pipe(
      choice(['auto', 'pretty', 'json', 'console', 'text']),
      // The older servers call everything that isn't JSON "console" or "text".
      v.transform((format) => (format === 'console' || format === 'text' ? 'pretty' : format)),
      about('`pretty` for people, `json` for programs; `auto` is pretty on a terminal', {
        aliases: ['TELEMETRYFLOW_MCP_LOG_FORMAT'],
      }),
    ),
    'auto',
  ),
  output: v.optional(
    v.pipe(
      choice(['stderr', 'stdout'], ' (log files come with a later version)'),
      v.transform(() => 'stderr' as const),
      about('Where log lines go', {
        aliases: ['TELEMETRYFLOW_MCP_LOG_OUTPUT'],
        notice: (value) =>
          value === 'stdout' ? 'means "stderr", since stdout belongs to the protocol' : undefined,
      }),
    ),
    'stderr',
  ),
});

const security = v.strictObject({
  state_key: v.optional(
    v.pipe(
      stateKey(),
      about(
        'Seals the state that clients carry between the rounds of one request (`requestState`); ' +
          'replicas behind one address share it. Without one, each process makes its own',
        { secret: true },
      ),
    ),
  ),
  state_key_file: v.optional(
    v.pipe(text(), about('File that holds `security.state_key`, instead of the key itself', { path: true })),
  ),
});

const tools = v.strictObject({
  disabled: v.optional(v.pipe(listOf('tool names'), about('Tools that are neither listed nor callable')), []),
});

/** The single source of types, defaults, validation, variables and the reference. */
export const configurationSchema = v.strictObject({
  server: v.optional(server, {}),
  mcp: v.optional(mcp, {}),
  logging: v.optional(logging, {}),
  security: v.optional(security, {}),
  tools: v.optional(tools, {}),
});

/** The configuration as it holds: complete, checked, durations in seconds. */
export type Configuration = v.InferOutput<typeof configurationSchema>;

/** Known to later versions and to the older servers: a file may have them, and nobody reads what is inside. */
export const UNUSED_SECTIONS: readonly string[] = [
  'claude',
  'telemetry',
  'telemetry_mcp',
  'database',
  'clickhouse',
  'cache',
  'queue',
  'analytics',
  'audit',
];
