import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { TlsCredentials } from '../network/outgoing-fetch.ts';
import { openSocket } from '../network/outgoing-socket.ts';

export interface GrpcConnectionOptions {
  readonly url: URL;
  readonly tls?: TlsCredentials | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds after which a connection that nobody uses is closed. */
  readonly idleMs?: number;
}

/** Shorter than what load balancers and NAT keep: a connection that they forgot takes requests, and answers none. */
const IDLE_MS = 20_000;

const PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/** One connection by HTTP/2 for all signals that go to one collector: opened when it is needed, and anew when it has ended. */
export class GrpcConnection {
  readonly origin: string;
  private readonly options: GrpcConnectionOptions;
  private session: ClientHttp2Session | undefined;
  private opening: Promise<ClientHttp2Session> | undefined;
  private isClosed = false;
  private streams = 0;

  constructor(options: GrpcConnectionOptions) {
    this.options = options;
    this.origin = options.url.origin;
  }

  /** Opens a stream for one call. Rejects with the error of the connection, or the signal's reason. */
  async request(headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<ClientHttp2Stream> {
    const session = await this.connected(signal);
    const stream = session.request(headers, { signal });
    this.streams += 1;
    session.ref();
    stream.once('close', () => {
      this.streams -= 1;
      if (this.streams === 0 && !session.destroyed) session.unref();
    });
    return stream;
  }

  close(): void {
    this.isClosed = true;
    this.session?.destroy();
  }

  private async connected(signal: AbortSignal): Promise<ClientHttp2Session> {
    const { session } = this;
    // A collector that wants no more requests on it (GOAWAY) answers those that are under way.
    if (session && !session.closed && !session.destroyed) return session;
    this.opening ??= this.open(signal).finally(() => {
      this.opening = undefined;
    });
    return await this.opening;
  }

  private async open(signal: AbortSignal): Promise<ClientHttp2Session> {
    const { url, tls, environment, idleMs = IDLE_MS } = this.options;
    const { ca, ...own } = tls ?? {};
    const credentials = { ...own, ...(ca && { ca: [...ca] }), ALPNProtocols: ['h2'] };
    const socket = await openSocket(
      {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port) || (PORTS[url.protocol] ?? 0),
        ...(url.protocol === 'https:' && { tls: credentials }),
      },
      signal,
      environment,
    );
    const session = connect(url.origin, { createConnection: () => socket });
    session.on('error', () => undefined); // its streams tell it
    session.setTimeout(idleMs, () => session.close());
    session.unref();
    this.session = session;
    if (this.isClosed) session.destroy();
    return session;
  }
}
