import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import * as http2 from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { TlsOptions } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { type OtlpSignal, type ReceivedItem, readExportRequest } from './messages.ts';

/** One request, accepted or not, with all that was in it. */
export interface ReceivedExport {
  readonly protocol: 'http/protobuf' | 'grpc';
  readonly signal: OtlpSignal;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly isCompressed: boolean;
  readonly items: readonly ReceivedItem[];
  /** Milliseconds, of `performance.now()`. */
  readonly at: number;
  isAccepted: boolean;
}

/** The fate of one request. */
export type Behaviour =
  | 'accept'
  /** An HTTP status or, over gRPC, a gRPC status; `message` over gRPC, and as the body. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly message?: string;
    }
  /** Over gRPC: an HTTP status, as proxies before a collector answer. */
  | { readonly httpStatus: number }
  /** A success with a body of its own: a partial one, or nothing that can be read. */
  | { readonly body: Uint8Array }
  /** A success byte by byte, so many milliseconds apart. */
  | { readonly dripMs: number }
  /** No answer at all; no answer, and the end of the connection; a success whose end is cut off. */
  | 'hang'
  | 'reset'
  | 'cut'
  /** gRPC: a success behind which the server wants no more on this connection; one that it never looked at. */
  | 'accept and go away'
  | 'go away';

export interface CollectorOptions {
  /** For HTTPS and gRPC over TLS. */
  readonly tls?: TlsOptions;
}

/** An OTLP collector on two ports of 127.0.0.1, that can behave as badly as any. */
export class OtlpCollector {
  /** All that came, in order. */
  readonly received: ReceivedExport[] = [];
  /** The fates of the next requests, in order; behind them, every one is accepted. */
  readonly script: Behaviour[] = [];
  /** Connections that were opened so far. */
  connections = 0;
  private readonly options: CollectorOptions;
  private readonly sockets = new Set<Socket>();
  private servers: readonly Server[] = [];
  private ports: readonly number[] = [0, 0];

  private constructor(options: CollectorOptions) {
    this.options = options;
  }

  static async start(options: CollectorOptions = {}): Promise<OtlpCollector> {
    const collector = new OtlpCollector(options);
    await collector.listen();
    return collector;
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  /** The endpoint for a protocol, as in "http://127.0.0.1:4318"; by TLS its name is "localhost". */
  endpoint(protocol: ReceivedExport['protocol']): string {
    const origin = this.options.tls ? 'https://localhost' : 'http://127.0.0.1';
    return `${origin}:${this.ports[protocol === 'grpc' ? 1 : 0]}`;
  }

  /** The accepted items of a signal, in order. */
  accepted(signal: OtlpSignal): readonly ReceivedItem[] {
    return this.received
      .filter((each) => each.signal === signal && each.isAccepted)
      .flatMap(({ items }) => items);
  }

  /** Listens, after `die` on the same ports. */
  async listen(): Promise<void> {
    const { tls } = this.options;
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.overHttp(request, response);
    const grpc = tls ? http2.createSecureServer(tls) : http2.createServer();
    grpc.on('stream', (stream, headers) => void this.overGrpc(stream, headers));
    grpc.on('sessionError', () => undefined); // of connections that it ended itself
    this.servers = [tls ? createSecureServer(tls, answer) : createServer(answer), grpc as Server];
    for (const [index, server] of this.servers.entries()) {
      server.on('connection', (socket: Socket) => this.keep(socket));
      server.listen(this.ports[index], '127.0.0.1');
      await once(server, 'listening');
      server.unref(); // a test that fails must not keep its file from ending
    }
    this.ports = this.servers.map((server) => (server.address() as AddressInfo).port);
  }

  /** Ends at once, with all its connections. */
  async die(): Promise<void> {
    const closed = this.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    this.endConnections();
    await Promise.all(closed);
  }

  endConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private keep(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket.unref());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  private async overHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return; // the sender gave up
    const { url: path = '', headers } = request;
    const isCompressed = headers['content-encoding'] === 'gzip';
    const received = this.note({ protocol: 'http/protobuf', path, headers, isCompressed, body });
    const behaviour = this.script.shift() ?? 'accept';
    const isRefused = typeof behaviour === 'object' && 'status' in behaviour && behaviour.status >= 300;
    received.isAccepted = !isRefused && behaviour !== 'hang' && behaviour !== 'reset';
    response.setHeader('content-type', 'application/x-protobuf');
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') return void request.socket.resetAndDestroy();
    if (behaviour === 'cut') {
      response.setHeader('content-length', 10);
      response.write('12345', () => request.socket.destroy());
    } else if (typeof behaviour !== 'object') response.end();
    else if ('status' in behaviour) {
      response.writeHead(behaviour.status, behaviour.headers);
      response.end(behaviour.message);
    } else if ('body' in behaviour) response.end(behaviour.body);
    else if ('dripMs' in behaviour) {
      for (const byte of [10, 0]) {
        response.write(Uint8Array.of(byte));
        await pause(behaviour.dripMs);
      }
      response.end();
    }
  }

  private async overGrpc(stream: http2.ServerHttp2Stream, all: http2.IncomingHttpHeaders): Promise<void> {
    stream.on('error', () => stream.destroy());
    const behaviour = this.script.shift() ?? 'accept';
    if (behaviour === 'go away') {
      // Nothing from this stream on was looked at.
      stream.session?.goaway(0, (stream.id ?? 1) - 2);
      return void stream.session?.destroy();
    }
    const frame = await buffer(stream).catch(() => undefined);
    if (frame === undefined) return;
    const { ':path': path = '', ...headers } = all;
    const isCompressed = frame[0] === 1;
    const body = frame.subarray(5, 5 + frame.readUInt32BE(1));
    const received = this.note({ protocol: 'grpc', path, headers, isCompressed, body });
    const isRefused = typeof behaviour === 'object' && ('status' in behaviour || 'httpStatus' in behaviour);
    received.isAccepted = !isRefused && behaviour !== 'hang' && behaviour !== 'reset';
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') return void stream.session?.destroy();
    if (typeof behaviour === 'object' && 'httpStatus' in behaviour)
      return void stream.respond({ ':status': behaviour.httpStatus }, { endStream: true });
    if (typeof behaviour === 'object' && 'status' in behaviour) {
      const message = behaviour.message && { 'grpc-message': encodeURIComponent(behaviour.message) };
      const status = { 'grpc-status': String(behaviour.status), ...message, ...behaviour.headers };
      return void stream.respond({ ...GRPC, ...status }, { endStream: true });
    }
    stream.respond(GRPC, { waitForTrailers: true });
    if (behaviour === 'cut')
      return void stream.write(grpcFrame(Uint8Array.of()), () => stream.session?.destroy());
    stream.on('wantTrailers', () => {
      stream.sendTrailers({ 'grpc-status': '0' });
      if (behaviour === 'accept and go away') stream.session?.close();
    });
    const answer = typeof behaviour === 'object' && 'body' in behaviour ? behaviour.body : Uint8Array.of();
    if (typeof behaviour === 'object' && 'dripMs' in behaviour) {
      for (const byte of grpcFrame(answer)) {
        stream.write(Uint8Array.of(byte));
        await pause(behaviour.dripMs);
      }
      stream.end();
    } else stream.end(grpcFrame(answer));
  }

  private note({ body, ...facts }: Raw): ReceivedExport {
    const signal = SIGNALS.find((one) => facts.path.toLowerCase().includes(one.slice(0, -1)));
    if (signal === undefined) throw new Error(`Expected the path of a signal, got "${facts.path}"`);
    const items = readExportRequest(signal, facts.isCompressed ? gunzipSync(body) : body);
    const received = { ...facts, signal, items, at: performance.now(), isAccepted: false };
    this.received.push(received);
    return received;
  }
}

interface Raw extends Pick<ReceivedExport, 'protocol' | 'path' | 'headers' | 'isCompressed'> {
  readonly body: Buffer;
}

const SIGNALS = ['traces', 'metrics', 'logs'] as const;
const GRPC = { ':status': 200, 'content-type': 'application/grpc' };

function grpcFrame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
