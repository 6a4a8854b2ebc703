import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.ts';

const warmUp = join(root, 'build/warm-up.cjs');

const modern = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'warm-up', version: '0' },
  },
};

/** What clients of both eras say first. */
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

/**
 * Writes the compiled code of all functions that a first session runs: it spares the executable two milliseconds at its start.
 * Node.js's own cache for single executables has the outermost function only, whose inner ones are compiled as they are called.
 *
 * @param runtime the Node.js that will run it: V8 takes back only what it made itself
 * @param wrapped the bundle as a function expression, a file
 * @throws Error when the session fails, or when V8 doesn't take its own code back
 */
export function makeCodeCache(runtime: string, wrapped: string, codeCache: string): void {
  const input = session.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
  const run = (args: readonly string[]) =>
    execFileSync(runtime, args, { input, encoding: 'utf8', env: {}, cwd: root });
  // A fixed seed: hash tables are laid out by it, and the code would differ in every build.
  const answers =
    run(['--random-seed=1', '--no-warnings', warmUp, wrapped, codeCache]).split('\n').length - 1;
  const asked = session.filter((message) => 'id' in message).length;
  if (answers !== asked)
    throw new Error(`Expected the bundle to answer ${asked} requests of the warm-up, got ${answers} answers`);
  run([warmUp, wrapped, codeCache, 'check']);
}
