import { join } from 'node:path';
import { fixtures, runtime } from './paths.ts';
import { peerFolder, type ServerEntry } from './server-entry.ts';
import { onCommand, onPath, type ServerTools, type ToolCall } from './tools.ts';

const zod = { zod: '4.6.7' };

/** A peer whose server is a file of ours in `peers/`: `echo` and `read_file`, as small as its library lets it be. */
function minimal(name: string, packages: Record<string, string>, byDefault: boolean): ServerEntry {
  return {
    name,
    command: runtime,
    args: [join(peerFolder(name), 'server.mjs')],
    tools: { echo: { prefix: '' }, read: onPath('read_file') },
    byDefault,
    origin: { kind: 'npm', packages: { ...packages, ...zod }, entry: `${name}.mjs` },
  };
}

interface Published {
  readonly name: string;
  /** Package and version. */
  readonly from: readonly [string, string];
  /** The server's file, in the package. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly tools: ServerTools;
  readonly byDefault: boolean;
}

/** A peer that is measured as it was published. */
function published({ name, from, file, args = [], tools, byDefault }: Published): ServerEntry {
  const [id, version] = from;
  return {
    name,
    command: runtime,
    args: [join(peerFolder(name), 'node_modules', id, file), ...args],
    tools,
    byDefault,
    origin: { kind: 'npm', packages: { [id]: version } },
  };
}

/** desktop-commander searches in the background: one call starts it, the next ask for what was found until it is done. */
function desktopCommanderSearch(search: Readonly<Record<string, unknown>>): ToolCall {
  const more = (sessionId: string): ToolCall => ({
    name: 'get_more_search_results',
    arguments: { sessionId, offset: 0, length: 5000 },
    next: (text) => (text.includes('Search completed') ? undefined : more(sessionId)),
  });
  return {
    name: 'start_search',
    arguments: { ...search, maxResults: 5000, contextLines: 0, earlyTermination: false },
    next: (text) => more(/session: (\S+)/.exec(text)?.[1] ?? ''),
  };
}

const kubernetes = `kubernetes-mcp-server-linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;

export const peers: readonly ServerEntry[] = [
  minimal('sdk-v1', { '@modelcontextprotocol/sdk': '1.32.2' }, true),
  minimal('sdk-v2', { '@modelcontextprotocol/server': '2.4.0' }, true),
  minimal('fastmcp', { fastmcp: '4.20.16' }, false),
  published({
    name: 'everything',
    from: ['@modelcontextprotocol/server-everything', '2026.8.31'],
    file: 'dist/index.js',
    args: ['stdio'],
    tools: { echo: { prefix: 'Echo: ' } },
    byDefault: false,
  }),
  published({
    name: 'filesystem',
    from: ['@modelcontextprotocol/server-filesystem', '2026.8.31'],
    file: 'dist/index.js',
    args: [fixtures],
    tools: {
      read: onPath('read_text_file'),
      list: onPath('list_directory'),
      search: (path, extension) => onPath('search_files', { pattern: `**/*${extension}` })(path),
    },
    byDefault: true,
  }),
  published({
    name: 'desktop-commander',
    from: ['@wonderwhy-er/desktop-commander', '0.2.52'],
    file: 'dist/index.js',
    args: ['--no-onboarding'],
    tools: {
      read: onPath('read_file', { length: 1_000_000 }),
      list: onPath('list_directory', { depth: 1 }),
      search: (path, extension) =>
        desktopCommanderSearch({ path, pattern: `*${extension}`, searchType: 'files' }),
      searchContent: (path, pattern) => desktopCommanderSearch({ path, pattern, searchType: 'content' }),
      run: onCommand('start_process', { timeout_ms: 25_000 }),
    },
    byDefault: true,
  }),
  published({
    name: 'server-commands',
    from: ['mcp-server-commands', '0.5.0'],
    file: 'build/index.js',
    tools: { run: onCommand('run_command') },
    byDefault: true,
  }),
  {
    name: 'kubernetes',
    command: join(peerFolder('kubernetes'), `node_modules/${kubernetes}/bin/${kubernetes}`),
    args: [],
    tools: {},
    byDefault: false,
    origin: { kind: 'npm', packages: { 'kubernetes-mcp-server': '0.0.67' } },
  },
];
