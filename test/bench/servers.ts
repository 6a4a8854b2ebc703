import { join } from 'node:path';
import { cache, root, runtime } from './paths.ts';

/** A server under test. All of them have a tool `echo` that takes `message`. */
export interface BenchServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What the tool puts before the message that it echoes. */
  readonly echoPrefix: string;
}

/** Where a server comes from, which says how it is prepared and what to do when it is missing. */
export type Origin =
  | { readonly kind: 'ours'; readonly file: string }
  | { readonly kind: 'source' }
  | { readonly kind: 'compiled'; readonly source: string }
  | { readonly kind: 'npm'; readonly packages: Readonly<Record<string, string>>; readonly entry?: string };

export interface ServerEntry extends BenchServer {
  readonly origin: Origin;
  /** Measured when `--servers` does not choose. */
  readonly byDefault: boolean;
}

const nativeBinary = join(root, 'dist/tfo-mcp');
const bundle = join(root, 'dist/tfo-mcp.cjs');
const zod = { zod: '4.6.7' };

/** The folder in the cache that a peer from npm is installed into. */
export const peerFolder = (name: string): string => join(cache, 'peers', name);

/** A peer whose server is a file of ours in `peers/`. */
function peer(name: string, packages: Record<string, string>, byDefault: boolean): ServerEntry {
  return {
    name,
    command: runtime,
    args: [join(peerFolder(name), 'server.mjs')],
    echoPrefix: '',
    byDefault,
    origin: { kind: 'npm', packages: { ...packages, ...zod }, entry: `${name}.mjs` },
  };
}

export const servers: readonly ServerEntry[] = [
  {
    name: 'ours',
    command: nativeBinary,
    args: [],
    echoPrefix: 'Echo: ',
    byDefault: true,
    origin: { kind: 'ours', file: nativeBinary },
  },
  {
    name: 'ours-bundle',
    command: runtime,
    args: [bundle],
    echoPrefix: 'Echo: ',
    byDefault: false,
    origin: { kind: 'ours', file: bundle },
  },
  {
    name: 'floor-c',
    command: join(cache, 'floor-c'),
    args: [],
    echoPrefix: '',
    byDefault: true,
    origin: { kind: 'compiled', source: join(import.meta.dirname, 'floor/echo.c') },
  },
  {
    name: 'floor-node',
    command: runtime,
    args: [join(import.meta.dirname, 'floor/raw-node.cjs')],
    echoPrefix: '',
    byDefault: true,
    origin: { kind: 'source' },
  },
  peer('sdk-v1', { '@modelcontextprotocol/sdk': '1.32.2' }, true),
  peer('sdk-v2', { '@modelcontextprotocol/server': '2.4.0' }, true),
  peer('fastmcp', { fastmcp: '4.20.16' }, false),
  {
    name: 'everything',
    command: runtime,
    args: [
      join(peerFolder('everything'), 'node_modules/@modelcontextprotocol/server-everything/dist/index.js'),
      'stdio',
    ],
    echoPrefix: 'Echo: ',
    byDefault: false,
    origin: { kind: 'npm', packages: { '@modelcontextprotocol/server-everything': '2026.8.31' } },
  },
];
