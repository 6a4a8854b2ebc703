import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import type { Runner } from './runner.ts';

const modern = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'warm-up', version: '0' },
  },
};

/** The first messages of clients of both eras. */
const session = [
  {
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'warm-up', version: '0' },
    },
  },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/list' },
  { id: 3, method: 'tools/call', params: { name: 'echo', arguments: { message: 'warm-up' } } },
  { id: 4, method: 'ping' },
  { id: 5, method: 'server/discover', params: modern },
  { id: 6, method: 'tools/list', params: modern },
  { id: 7, method: 'tools/call', params: { ...modern, name: 'echo', arguments: { message: 'warm-up' } } },
];

/** The Node.js that will run the bundle, V8 takes back only what it made itself; and what runs it here. */
interface Maker {
  readonly binary: string;
  readonly runner: Runner;
}

/**
 * Writes the compiled code of all functions that a first session runs: it spares the executable two milliseconds at its start. And
 * that of all functions that run when the optional packages are loaded.
 * Node.js's own cache for single executables has the outermost function only, whose inner ones are compiled as they are called.
 *
 * @param maker runs the session
 * @param folder with function expressions, `bundle.cjs` and `optional.cjs`; it gets their compiled code, `bundle-cache` and `optional-cache`
 * @throws Error when the session fails, or when V8 doesn't take its own code back
 */
export function makeCodeCache({ binary, runner }: Maker, folder: string): void {
  const input = session.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
  writeFileSync(join(folder, 'session'), input);
  copyFileSync(join(root, 'build/warm-up.cjs'), join(folder, 'warm-up.cjs'));
  const run = (...args: string[]) => runWithFiles({ binary, runner }, [...args], folder);
  // A fixed seed: hash tables are laid out by it, and the code would differ in every build.
  const answers = run('--random-seed=1', '--no-warnings', 'warm-up.cjs').split('\n').length - 1;
  const asked = session.filter((message) => 'id' in message).length;
  if (answers !== asked)
    throw new Error(`Expected the bundle to answer ${asked} requests of the warm-up, got ${answers} answers`);
  run('warm-up.cjs', 'check');
}

/** Keeps nothing: when events are stored is a matter of time, and with it which functions have been compiled. */
const memory = { TELEMETRYFLOW_MCP_DATABASE_DRIVER: 'memory' };

/** Runs it in the folder with the session as its input, in no environment but the runner's and `memory`. Returns what it wrote. */
function runWithFiles({ binary, runner }: Maker, args: readonly string[], folder: string): string {
  const places = { input: join(folder, 'session'), output: join(folder, 'answers') };
  const input = openSync(places.input, 'r');
  const output = openSync(places.output, 'w');
  const [program = binary, ...rest] = [...runner.prefix, binary, ...args];
  try {
    const env = { ...runner.env, ...memory };
    execFileSync(program, rest, { stdio: [input, output, 'pipe'], env, cwd: folder });
  } finally {
    closeSync(input);
    closeSync(output);
  }
  return readFileSync(places.output, 'utf8');
}
