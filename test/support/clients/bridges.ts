import { type AddressInfo, createServer } from 'node:net';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type ClientName, createSdkClient, createStdioTransport } from '../create-sdk-client.ts';
import type { Frame } from '../server-process.ts';
import { until } from '../until.ts';
import { pathOfPrograms } from './install-client.ts';
import type { Outcome, RealClient, Trial } from './real-client.ts';
import { outputOf } from './run-program.ts';
import type { Scene } from './scene.ts';

/** Lets an official client list the tools and make the scene's calls by way of a bridge. */
async function driveThrough(name: ClientName, transport: unknown, calls: Scene['calls']): Promise<Outcome> {
  const { client, callTool } = createSdkClient(name, { capabilities: {}, answers: {} });
  await client.connect(transport as never);
  try {
    const { tools } = await client.listTools();
    const said: string[] = [];
    for (const { tool, args } of calls)
      said.push(JSON.stringify(await callTool({ name: tool, arguments: args }, {})));
    return { tools: tools.map((tool: Frame) => tool.name), said: said.join('\n') };
  } finally {
    await client.close();
  }
}

const remote: Trial['drive'] = ({ server, home, calls }, { file }) => {
  const strategy = server.transport === 'sse' ? 'sse-only' : 'http-only';
  const args = [file('mcp-remote/dist/proxy.js'), server.url, '--transport', strategy];
  const env = { PATH: pathOfPrograms, HOME: home, MCP_REMOTE_CONFIG_DIR: home };
  const started = { command: process.execPath, args, env, stderr: 'pipe' as const };
  return driveThrough('SDK v1', createStdioTransport('SDK v1', started), calls);
};

/** Brings a client that knows only stdio to a server of the network. */
export const mcpRemote: RealClient = {
  name: 'mcp-remote',
  trials: [
    { transport: 'http', revision: '2025-11-25', drive: remote },
    { transport: 'sse', revision: '2025-11-25', drive: remote },
  ],
};

const proxy =
  (upstream: 'legacy' | 'modern', name: ClientName): Trial['drive'] =>
  async ({ server, calls, start }, { file }) => {
    const port = await freePort();
    const options = ['--host', '127.0.0.1', '--port', `${port}`, '--upstreamProtocol', upstream];
    const bridge = start({
      args: [file('mcp-proxy/dist/bin/mcp-proxy.mjs'), ...options, '--', server.command, ...server.args],
    });
    const ended = outputOf(bridge);
    await until(async () => bridge.exitCode !== null || (await isUp(`http://127.0.0.1:${port}/ping`)));
    const url = new URL(`http://127.0.0.1:${port}/mcp`);
    const outcome = await driveThrough(name, new StreamableHTTPClientTransport(url), calls);
    bridge.kill('SIGTERM');
    await ended;
    return outcome;
  };

/** A port that was free a moment ago: the bridge takes none of its own choice. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const isUp = async (url: string) => (await fetch(url).catch(() => undefined))?.ok === true;

/** Starts a server of stdio for clients of the network. */
export const mcpProxy: RealClient = {
  name: 'mcp-proxy',
  trials: [
    { transport: 'stdio', revision: '2025-11-25', drive: proxy('legacy', 'SDK v2 legacy') },
    { transport: 'stdio', revision: '2026-07-28', drive: proxy('modern', 'SDK v2 pinned') },
  ],
};
