import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Client as ClientV2 } from '@modelcontextprotocol/client';
import {
  type CallOptions,
  type ClientName,
  type ClientOffer,
  createSdkClient,
  createStdioTransport,
} from './create-sdk-client.ts';
import { withOwnState } from './own-state.ts';
import { type Frame, type ServerKind, serverCommand } from './server-process.ts';

/** The era that each one agrees on with a server that speaks both. */
export const eraOf = (name: ClientName): 'legacy' | 'modern' =>
  name === 'SDK v2 auto' || name === 'SDK v2 pinned' ? 'modern' : 'legacy';

export interface ConnectOptions extends Partial<ClientOffer> {
  /** The fixture server's settings. */
  readonly settings?: object;
  /** The product's command line. */
  readonly args?: readonly string[];
}

/** Calls that all of them can make, under the same names. */
interface Calls {
  listTools(params?: { cursor?: string }): Promise<Frame>;
  listResources(params?: { cursor?: string }): Promise<Frame>;
  listResourceTemplates(): Promise<Frame>;
  listPrompts(params?: { cursor?: string }): Promise<Frame>;
  readResource(params: { uri: string }): Promise<Frame>;
  getPrompt(params: { name: string; arguments?: Record<string, string> }): Promise<Frame>;
  complete(params: Frame): Promise<Frame>;
  ping(): Promise<Frame>;
  setLoggingLevel(level: 'debug' | 'error'): Promise<Frame>;
  subscribeResource(params: { uri: string }): Promise<Frame>;
  unsubscribeResource(params: { uri: string }): Promise<Frame>;
  sendRootsListChanged(): Promise<void>;
  getServerVersion(): Frame;
  getServerCapabilities(): Frame;
  getInstructions(): string | undefined;
}

/** An official client, connected to a server that it has started itself. */
export interface OfficialClient {
  readonly client: Calls;
  /** SDK v2's own class, for what v1 lacks. */
  readonly v2: ClientV2 | undefined;
  readonly server: ChildProcess;
  /** Every notification that came, in order. */
  readonly notifications: readonly Frame[];
  callTool(
    name: string,
    args?: Record<string, unknown>,
    options?: CallOptions & { readonly meta?: Record<string, unknown> },
  ): Promise<Frame>;
  /** Resolves with the first notification, early or yet to come, that fits. */
  notified(fits: (notification: Frame) => boolean): Promise<Frame>;
  /** Closes the connection; fails if client or server complained of anything, or if the server did not end with 0. */
  close(): Promise<void>;
}

/** Connections that a failing test has left open. */
const open = new Set<ChildProcess>();

/** Ends servers that are left: for `after` hooks. */
export function killServers(): void {
  for (const server of open) server.kill('SIGKILL');
}

/** Starts a server with an official client and connects. */
export async function connect(
  name: ClientName,
  server: ServerKind,
  { settings = {}, args = [], capabilities = {}, answers = {} }: ConnectOptions = {},
): Promise<OfficialClient> {
  const env = withOwnState({ FIXTURE: JSON.stringify(settings) });
  const { command, args: first } = serverCommand(server);
  const started = { command, args: [...first, ...args], env, stderr: 'pipe' as const };
  const { client, v2, callTool } = createSdkClient(name, { capabilities, answers });
  const transport = createStdioTransport(name, started);
  const complaints: string[] = [];
  client.onerror = (error) => complaints.push(`client: ${error.message}`);
  transport.stderr?.on('data', (text) => complaints.push(`server: ${text}`));
  const unwatch = watchConsole((text) => complaints.push(`client: ${text}`));
  const { notifications, notified, notice } = keepNotifications();
  client.fallbackNotificationHandler = notice;
  await client.connect(transport as never).catch((cause) => {
    unwatch();
    throw new Error(`Expected ${name} to connect; ${complaints.join('\n')}`, { cause });
  });

  // The transports keep the process to themselves, and with it how it ended.
  const spawned: ChildProcess = Reflect.get(transport, '_process');
  const exited = once(spawned, 'exit');
  open.add(spawned);

  return {
    client: client as unknown as Calls,
    v2,
    server: spawned,
    notifications,
    notified,
    callTool: (tool, args = {}, { meta, ...rest } = {}) =>
      callTool({ name: tool, arguments: args, ...(meta && { _meta: meta }) }, rest),
    async close() {
      await client.close();
      const [code, signal] = await exited;
      open.delete(spawned);
      unwatch();
      if (code !== 0) complaints.push(`the server ended with ${signal ?? code}`);
      if (complaints.length > 0) throw new Error(`Expected no complaints, got ${complaints.join('\n')}`);
    },
  };
}

function keepNotifications() {
  const notifications: Frame[] = [];
  let another = Promise.withResolvers<void>();
  return {
    notifications,
    async notice(notification: Frame): Promise<void> {
      notifications.push(notification);
      another.resolve();
      another = Promise.withResolvers();
    },
    async notified(fits: (notification: Frame) => boolean): Promise<Frame> {
      for (;;) {
        const found = notifications.find(fits);
        if (found !== undefined) return found;
        await another.promise;
      }
    },
  };
}

/** The SDKs warn of frames that they don't like on the console; returns what puts it back. */
function watchConsole(onText: (text: string) => void): () => void {
  const { warn, error } = console;
  console.warn = (...args) => onText(args.join(' '));
  console.error = console.warn;
  return () => Object.assign(console, { warn, error });
}
