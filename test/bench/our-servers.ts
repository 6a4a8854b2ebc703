import { join } from 'node:path';
import { fixtures, root, runtime } from './paths.ts';
import type { ServerEntry } from './server-entry.ts';
import { onCommand, onPath, type ServerTools } from './tools.ts';

const nativeBinary = join(root, 'dist/tfo-mcp');
const bundle = join(root, 'dist/tfo-mcp.cjs');

const MOST_RESULTS = 10_000;

const tools: ServerTools = {
  echo: { prefix: 'Echo: ' },
  read: onPath('read_file'),
  list: onPath('list_directory', { limit: 50_000 }),
  search: (path, extension) =>
    onPath('search_files', { pattern: `*${extension}`, limit: MOST_RESULTS })(path),
  searchContent: (path, content) =>
    onPath('search_files', { pattern: '*', content, limit: MOST_RESULTS })(path),
  run: onCommand('execute_command'),
};

const raisedLimits = {
  TELEMETRYFLOW_MCP_SECURITY_ALLOWED_DIRECTORIES: fixtures,
  TELEMETRYFLOW_MCP_TOOLS_ANSWER_BYTES: String(8 << 20),
  TELEMETRYFLOW_MCP_TOOLS_MAX_READ_BYTES: String(8 << 20),
  TELEMETRYFLOW_MCP_TOOLS_MAX_OUTPUT_BYTES: String(8 << 20),
  TELEMETRYFLOW_MCP_TOOLS_MAX_CONCURRENT_COMMANDS: '64',
};

export const ours: readonly ServerEntry[] = [
  {
    name: 'ours',
    command: nativeBinary,
    args: [],
    tools,
    raisedLimits,
    byDefault: true,
    origin: { kind: 'ours', file: nativeBinary },
  },
  {
    name: 'ours-bundle',
    command: runtime,
    args: [bundle],
    tools,
    raisedLimits,
    byDefault: false,
    origin: { kind: 'ours', file: bundle },
  },
];
