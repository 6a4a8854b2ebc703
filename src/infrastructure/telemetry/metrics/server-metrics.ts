import type { Metrics } from '../../../application/ports/telemetry.ts';
import { type InstrumentFacts, SeriesTable } from './series-table.ts';

/* Names, units and buckets: open-telemetry/semantic-conventions-genai, docs/gen-ai/mcp.md and gen-ai-metrics.md. */

const MCP_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const GEN_AI_SECONDS = Array.from({ length: 14 }, (_, at) => 0.01 * 2 ** at);
const GEN_AI_TOKENS = Array.from({ length: 14 }, (_, at) => 4 ** at);
const GEN_AI_CHUNK_SECONDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'anthropic' };
const MODELS = ['gen_ai.request.model', 'gen_ai.response.model'];

export const OPERATION_DURATION: InstrumentFacts = {
  name: 'mcp.server.operation.duration',
  description: 'Duration of an MCP request, from its receipt to its result',
  unit: 's',
  bounds: MCP_SECONDS,
  kind: 'histogram',
  labels: [
    'mcp.method.name',
    'gen_ai.tool.name',
    'gen_ai.prompt.name',
    'error.type',
    'mcp.protocol.version',
    'network.transport',
  ],
};

const SESSION_DURATION: InstrumentFacts = {
  name: 'mcp.server.session.duration',
  description: 'Duration of an MCP session',
  unit: 's',
  bounds: MCP_SECONDS,
  kind: 'histogram',
  labels: ['mcp.protocol.version', 'network.transport'],
};

const SESSION_EVENTS: InstrumentFacts = {
  name: 'mcp.sessions.events',
  description: 'Sessions that were created and closed',
  unit: '{event}',
  bounds: [],
  kind: 'counter',
  labels: ['event'],
};

const CALL_DURATION: InstrumentFacts = {
  name: 'gen_ai.client.operation.duration',
  description: 'Duration of a call of Claude',
  unit: 's',
  bounds: GEN_AI_SECONDS,
  kind: 'histogram',
  labels: [...MODELS, 'error.type'],
  constant: CHAT,
};

const FIRST_CHUNK: InstrumentFacts = {
  name: 'gen_ai.client.operation.time_to_first_chunk',
  description: 'Time until the first piece of an answer of Claude',
  unit: 's',
  bounds: GEN_AI_CHUNK_SECONDS,
  kind: 'histogram',
  labels: ['gen_ai.request.model'],
  constant: CHAT,
};

const TOKEN_USAGE: InstrumentFacts = {
  name: 'gen_ai.client.token.usage',
  description: 'Tokens of a call of Claude',
  unit: '{token}',
  bounds: GEN_AI_TOKENS,
  kind: 'histogram',
  labels: [...MODELS, 'gen_ai.token.type'],
  constant: CHAT,
};

/** The measurements of this server, and the tables that they are in. */
export interface MeasuredServer {
  readonly metrics: Metrics;
  readonly tables: readonly SeriesTable[];
}

/** @param legacyNames true if those that only an older server had are wanted */
export function measureServer(legacyNames: boolean): MeasuredServer {
  const operations = new SeriesTable(OPERATION_DURATION);
  const sessions = new SeriesTable(SESSION_DURATION);
  const calls = new SeriesTable(CALL_DURATION);
  const firstChunks = new SeriesTable(FIRST_CHUNK);
  const tokens = new SeriesTable(TOKEN_USAGE);
  const sessionEvents = legacyNames ? new SeriesTable(SESSION_EVENTS) : undefined;
  return {
    metrics: {
      operations,
      sessions,
      ...(sessionEvents && { sessionEvents }),
      claude: { calls, firstChunks, tokens },
    },
    tables: [operations, sessions, calls, firstChunks, tokens, ...(sessionEvents ? [sessionEvents] : [])],
  };
}
