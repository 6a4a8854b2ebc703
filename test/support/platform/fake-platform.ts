import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { alertRoutes } from './alert-routes.ts';
import { isPermitted, PlatformAccess } from './auth-routes.ts';
import type { Hostile } from './hostile.ts';
import { OWN, type PlatformData, type PlatformUser } from './platform-data.ts';
import type { PlatformFault } from './platform-faults.ts';
import { errorBody, PlatformFailure, type PlatformRoute, unexpected } from './platform-request.ts';
import { PlatformState } from './platform-state.ts';
import { reader, seededData } from './seeded-data.ts';
import { logRoutes } from './signals-logs.ts';
import { metricRoutes } from './signals-metrics.ts';
import { traceRoutes } from './signals-traces.ts';
import { telemetryRoutes } from './telemetry-routes.ts';
import { uptimeRoutes } from './uptime-routes.ts';

/** Modules that a platform can have: core has signals and alerts, uptime has uptime, too, and the closed one has telemetry. */
export type PlatformModule = 'signals' | 'telemetry' | 'alerts' | 'uptime';

export interface FakePlatformOptions {
  /** The last hour of a small shop by default. */
  readonly data?: PlatformData;
  readonly modules?: readonly PlatformModule[];
  /** Faults that this one hasn't. */
  readonly repaired?: readonly PlatformFault[];
  /** Its clock; this machine's by default. */
  readonly now?: () => number;
  /** Of access tokens. */
  readonly tokenSeconds?: number;
  /** Milliseconds before each answer. */
  readonly delayMs?: number;
  /** Serves HTTPS then. */
  readonly tls?: TlsOptions;
  /** A path that it is mounted below, as behind a gateway. */
  readonly basePath?: string;
}

export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed; undefined without one. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
  /** When the client closed the connection before it had the whole answer. */
  readonly aborted: Promise<void>;
}

/** A TelemetryFlow platform in memory, on a port of 127.0.0.1, with every fault that its public sources show. */
export class FakePlatform {
  readonly url: string;
  readonly state: PlatformState;
  readonly access: PlatformAccess;
  /** All requests so far, in order. */
  readonly requests: SeenRequest[] = [];
  private readonly hostile: { readonly path: string; readonly treat: Hostile; left: number }[] = [];
  private readonly options: FakePlatformOptions;
  private readonly server: ReturnType<typeof createServer>;
  private readonly routes: readonly PlatformRoute[];

  private constructor(server: ReturnType<typeof createServer>, options: FakePlatformOptions) {
    const { now = Date.now, data = seededData(now()), repaired = [], tokenSeconds = 86_400 } = options;
    const { tls, basePath = '', modules = ['signals', 'alerts', 'uptime'] } = options;
    const { port } = server.address() as AddressInfo;
    this.options = options;
    this.server = server;
    this.url = `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}${basePath}`;
    this.state = new PlatformState(data, repaired, now);
    this.access = new PlatformAccess(this.state, tokenSeconds);
    const made: Readonly<Record<PlatformModule, (state: PlatformState) => readonly PlatformRoute[]>> = {
      signals: (state) => [...metricRoutes(state), ...logRoutes(state), ...traceRoutes(state)],
      alerts: alertRoutes,
      uptime: uptimeRoutes,
      telemetry: telemetryRoutes,
    };
    this.routes = [
      ...commonRoutes(this.state),
      ...this.access.routes(),
      ...modules.flatMap((module) => made[module](this.state)),
    ];
  }

  static async start(options: FakePlatformOptions = {}): Promise<FakePlatform> {
    const server = options.tls ? createTlsServer(options.tls) : createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const platform = new FakePlatform(server, options);
    server.on('request', (request, response) => void platform.serve(request, response));
    return platform;
  }

  /** The next requests whose path has this in it are treated like that. */
  next(path: string, treat: Hostile, times = 1): void {
    this.hostile.push({ path, treat, left: times });
  }

  /** Nothing of that is to come any more. */
  beKind(): void {
    this.hostile.length = 0;
  }

  /** A token that it takes, without a login. */
  token(user: PlatformUser = reader, lifetimeSeconds?: number): string {
    return this.access.tokenFor(user, lifetimeSeconds);
  }

  /** Requests whose path has this in it. */
  requestsTo(path: string): readonly SeenRequest[] {
    return this.requests.filter((request) => request.path.includes(path));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const aborted = new Promise<void>((resolve) => {
      response.on('close', () => {
        if (!response.writableFinished) resolve();
      });
    });
    response.on('error', () => response.destroy());
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    this.requests.push({ method, path, headers, body: text === '' ? undefined : JSON.parse(text), aborted });
    if (this.options.delayMs) await wait(this.options.delayMs);
    response.setHeader('date', new Date(this.state.now()).toUTCString());
    const hostile = this.hostile.find((one) => one.left > 0 && path.includes(one.path));
    if (hostile) {
      hostile.left -= 1;
      return void (await hostile.treat({
        response,
        text: async () => JSON.stringify(this.answer(request, text).body),
      }));
    }
    const { status, body, headers: more } = this.answer(request, text);
    response.writeHead(status, { ...more, 'content-type': 'application/json; charset=utf-8' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  private answer(
    { method = '', url = '', headers, socket }: IncomingMessage,
    text: string,
  ): { status: number; body: unknown; headers?: Readonly<Record<string, string>> } {
    const { basePath = '' } = this.options;
    const { pathname, searchParams } = new URL(url, 'http://platform');
    try {
      const found =
        pathname.startsWith(basePath) && findRoute(this.routes, method, pathname.slice(basePath.length));
      if (!found) throw new PlatformFailure(404, `Cannot ${method} ${url}`);
      const { route, params } = found;
      const user = route.isPublic ? undefined : this.access.verify(headers.authorization);
      if (user && route.permission && !isPermitted(user.permissions, route.permission)) {
        throw new PlatformFailure(403, `Insufficient permissions. Required: ${route.permission}`);
      }
      const parsed: unknown = text === '' ? {} : JSON.parse(text);
      const body = route.handle({
        params,
        query: searchParams,
        body: parsed as Record<string, unknown>,
        headers,
        address: socket.remoteAddress ?? '',
        user,
      });
      return { status: body === undefined ? 204 : 200, body };
    } catch (error) {
      const failure = error instanceof PlatformFailure ? error : unexpected();
      if (!(error instanceof PlatformFailure))
        console.error('The fake platform has a fault of its own:', error);
      return {
        status: failure.status,
        body: this.errorOf(failure, url),
        headers: failure.facts.headers ?? {},
      };
    }
  }

  private errorOf(failure: PlatformFailure, path: string): unknown {
    const { faults } = this.state;
    return errorBody(failure, {
      path,
      timestamp: new Date(this.state.now()).toISOString(),
      isPhrase: faults.has('codesArePhrases'),
      isArray: faults.has('messagesAreArrays'),
    });
  }
}

/** The first route that fits, as Express has it. */
function findRoute(routes: readonly PlatformRoute[], method: string, pathname: string) {
  const parts = pathname.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    const fits = wanted.every((part, index) => (part.startsWith(':') ? parts[index] : parts[index] === part));
    if (route.method !== method || wanted.length !== parts.length || !fits) continue;
    const named = wanted.flatMap((part, index) =>
      part.startsWith(':') ? [[part.slice(1), decodeURIComponent(parts[index] ?? '')] as const] : [],
    );
    return { route, params: Object.fromEntries(named) };
  }
  return undefined;
}

function commonRoutes(state: PlatformState): readonly PlatformRoute[] {
  const service = 'telemetryflow-platform';
  return [
    {
      method: 'GET',
      path: '/health',
      isPublic: true,
      handle: () => ({
        status: 'ok',
        timestamp: new Date(state.now()).toISOString(),
        service,
        version: '1.4.0',
      }),
    },
    { method: 'GET', path: '/version', isPublic: true, handle: () => ({ service, version: '1.4.0' }) },
    {
      method: 'GET',
      path: '/api/v2/audit/logs',
      handle: ({ user }) => {
        const rows = [{ organizationId: OWN.organizationId }, { organizationId: 'another' }];
        const isSeen = ({ organizationId }: { organizationId: string }) =>
          state.faults.has('auditUnscoped') || organizationId === user?.organizationId;
        return { data: rows.filter(isSeen) };
      },
    },
  ];
}
