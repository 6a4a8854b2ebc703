import {
  StreamableHTTPClientTransport as HttpV2,
  SSEClientTransport as SseV2,
} from '@modelcontextprotocol/client';
import { SSEClientTransport as SseV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import { type ClientName, type ClientOffer, createSdkClient } from './create-sdk-client.ts';
import type { NetworkServer } from './network-server.ts';
import type { Frame } from './server-process.ts';

type Path = '/mcp' | '/sse' | '/ws';

/** The official clients, each over every transport that it has. */
export const networkClients: readonly { readonly name: ClientName; readonly path: Path }[] = [
  { name: 'SDK v1', path: '/mcp' },
  { name: 'SDK v1', path: '/sse' },
  { name: 'SDK v1', path: '/ws' },
  { name: 'SDK v2 legacy', path: '/mcp' },
  { name: 'SDK v2 legacy', path: '/sse' },
  { name: 'SDK v2 auto', path: '/mcp' },
  { name: 'SDK v2 pinned', path: '/mcp' },
];

/** Connects an official client; what it complains of is collected in `complaints`. */
export async function connectTo(
  server: NetworkServer,
  { name, path }: (typeof networkClients)[number],
  offer: ClientOffer = { capabilities: {}, answers: {} },
) {
  const { client, v2, callTool } = createSdkClient(name, offer);
  const transport = createTransport(name, path, server);
  const complaints: string[] = [];
  const notifications: Frame[] = [];
  client.onerror = (error) => complaints.push(error.message);
  client.fallbackNotificationHandler = async (notification: Frame) => {
    notifications.push(notification);
  };
  await client.connect(transport as never);
  return { client: client as Frame, v2, transport: transport as Frame, callTool, complaints, notifications };
}

function createTransport(name: ClientName, path: Path, server: NetworkServer) {
  const url = new URL(server.url(path));
  if (path === '/ws') return new WebSocketClientTransport(new URL(`ws://127.0.0.1:${server.port}/ws`));
  if (name === 'SDK v1') return path === '/mcp' ? new HttpV1(url) : new SseV1(url);
  return path === '/mcp' ? new HttpV2(url) : new SseV2(url);
}
