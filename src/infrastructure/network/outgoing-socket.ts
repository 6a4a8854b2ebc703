import { Agent as HttpAgent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface SocketTarget {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Without it, the connection is in the clear. */
  readonly tls?: ConnectionOptions | undefined;
}

/**
 * A connection that leaves this machine, for what isn't HTTP/1.1: through the environment's proxy by CONNECT, TLS or not, but for the
 * hosts in NO_PROXY.
 * @returns a socket that is connected, and its certificate verified. Rejects with an error that has a `code`, or the signal's reason
 */
export async function openSocket(
  { host, port, tls }: SocketTarget,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Duplex> {
  const proxy = proxyFor({ host, port, tls }, environment);
  if (proxy === undefined && tls === undefined)
    return await opened(connect({ host, port }), 'connect', signal);
  const socket =
    proxy && (await openTunnel(proxy, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`, signal));
  if (socket && tls === undefined) return socket;
  const servername = isIP(host) === 0 && { servername: host };
  const secure = connectTls({ ...tls, ...servername, host, port, ...(socket && { socket }) });
  return await opened(secure, 'secureConnect', signal);
}

async function opened(socket: Socket, event: string, signal: AbortSignal): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const end = () => socket.destroy(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    const settle = (error?: Error) => {
      signal.removeEventListener('abort', end);
      if (error) reject(error);
      else resolve(socket);
    };
    socket.once(event, () => settle()).once('error', settle);
    socket.once('close', () => settle(withCode('ECONNRESET', 'The connection was closed at once')));
  });
}

/** The part of Node.js's own choice of a proxy that is needed here: HTTPS_PROXY, HTTP_PROXY and NO_PROXY mean the same everywhere. */
interface ProxyConfig {
  readonly protocol: string;
  readonly proxyConnectionOptions: { readonly host: string; readonly port: number };
  /** The value of `Proxy-Authorization`. */
  readonly auth?: string;
  shouldUseProxy(host: string, port: number): boolean;
}

/** Node.js keeps its choice in an agent under this name, and offers it to nobody else. */
const PROXY_CONFIG = 'kProxyConfig';

function proxyFor(
  { host, port, tls }: SocketTarget,
  environment: NodeJS.ProcessEnv,
): ProxyConfig | undefined {
  const options = { keepAlive: false, proxyEnv: environment };
  const agent = tls ? new HttpsAgent(options) : new HttpAgent(options);
  const symbol = Object.getOwnPropertySymbols(agent).find(({ description }) => description === PROXY_CONFIG);
  const config = symbol && (agent as unknown as Record<symbol, ProxyConfig | null>)[symbol];
  return config?.shouldUseProxy(host, port) ? config : undefined;
}

async function openTunnel(
  { protocol, proxyConnectionOptions, auth }: ProxyConfig,
  authority: string,
  signal: AbortSignal,
): Promise<Socket> {
  const headers: OutgoingHttpHeaders = { host: authority, ...(auth && { 'proxy-authorization': auth }) };
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    const connecting = request({
      ...proxyConnectionOptions,
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
      signal,
    });
    connecting.on('connect', ({ statusCode }, socket: Socket, head) => {
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(withCode('ERR_PROXY_TUNNEL', `The proxy answered ${statusCode}`));
      }
    });
    connecting.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    connecting.end();
  });
}

const withCode = (code: string, message: string) => Object.assign(new Error(message), { code });
