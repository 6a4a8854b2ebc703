import type { Application } from '../../application/application.ts';
import type { Vitals } from '../../application/ports/health.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { NetworkTransport } from '../../infrastructure/config/schema/values/transports.ts';
import type { ConnectionOptions } from '../../presentation/protocol/connection-options.ts';
import { McpConnection } from '../../presentation/protocol/mcp-connection.ts';
import { ModernConnection } from '../../presentation/protocol/modern/modern-connection.ts';
import type { Connect, ConnectingClient, ConnectModern } from '../../presentation/transport/connect.ts';
import type { Admission } from '../../presentation/transport/http/admission/admission.ts';
import type { AllowedNames } from '../../presentation/transport/http/admission/allowed-names.ts';
import { OpenConnections } from '../../presentation/transport/http/connections/open-connections.ts';
import { SharedBudget } from '../../presentation/transport/http/connections/shared-budget.ts';
import {
  HttpTransport,
  type HttpTransportOptions,
} from '../../presentation/transport/http/http-transport.ts';
import { LegacySse } from '../../presentation/transport/http/older/legacy-sse.ts';
import { probes } from '../../presentation/transport/http/plain/probes.ts';
import { rootEndpoint } from '../../presentation/transport/http/plain/root-endpoint.ts';
import { ReceiveBudget } from '../../presentation/transport/http/receiving/receive-budget.ts';
import type { Endpoint, UpgradeEndpoint } from '../../presentation/transport/http/routes.ts';
import { SEND_LIMITS } from '../../presentation/transport/http/sending/unsent-bytes.ts';
import { StreamableHttp } from '../../presentation/transport/http/streamable/streamable-http.ts';
import type { Access } from './open-access.ts';
import { refusalLog } from './refusal-log.ts';

/** Settings for serving network clients. */
export interface NetworkSettings {
  readonly transports: readonly NetworkTransport[];
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly allowed: AllowedNames;
  /** Sessions at once, of each transport. */
  readonly maxSessions: number;
  /** Seconds after which a session that nobody uses is closed. */
  readonly sessionTimeout: number;
}

export interface NetworkOptions {
  readonly network: NetworkSettings;
  readonly application: Application;
  /** The parts of a connection, for one client. */
  readonly connectionOptions: (client: ConnectingClient) => ConnectionOptions;
  readonly vitals: Vitals;
  readonly logger: Logger;
  /** Bytes of one incoming message. */
  readonly maxMessageBytes: number;
  /** Without it, everybody who reaches the server is the local user. */
  readonly access?: Access | undefined;
}

const paths: Readonly<Record<NetworkTransport, string>> = { http: '/mcp', sse: '/sse', websocket: '/ws' };
const MESSAGES = '/messages';

/** Begins to serve network clients. @throws DomainError `network.not-listening` */
export async function openNetwork(options: NetworkOptions): Promise<HttpTransport> {
  const { network, logger, vitals } = options;
  const onFailure = (error: unknown) =>
    logger.error('Serving a network client failed', { error: String(error) });
  const { access } = options;
  const endpoints = new Map<string, Endpoint>(access?.endpoints);
  const upgrades = new Map<string, UpgradeEndpoint>();
  const connections = new OpenConnections();
  const countMessages: Admission['countMessages'] | undefined =
    access && ((principal, most) => access.admission.countMessages(principal, most));
  const budget = new ReceiveBudget(options.maxMessageBytes);
  const sending = new SharedBudget(SEND_LIMITS);
  const common = {
    ...options,
    ...connectors(options),
    connections,
    budget,
    sending,
    maxSessions: network.maxSessions,
    countMessages,
    onFailure,
  };
  if (network.transports.includes('http')) {
    const { queries } = options.application;
    const http = new StreamableHttp({ ...common, queries, sessionIdleMs: network.sessionTimeout * 1000 });
    endpoints.set(paths.http, http);
  }
  if (network.transports.includes('sse')) {
    const sse = new LegacySse({ ...common, messagesPath: MESSAGES });
    endpoints.set(paths.sse, sse.stream).set(MESSAGES, sse.messages);
  }
  if (network.transports.includes('websocket')) {
    const { upgradeEndpoint, WebSockets } = await import(
      '../../presentation/transport/http/older/web-socket.ts'
    );
    const sockets = new WebSockets(common);
    upgrades.set(paths.websocket, sockets);
    endpoints.set(paths.websocket, upgradeEndpoint);
  }
  const transport: HttpTransport = new HttpTransport({
    ...options,
    ...network,
    sending,
    endpoints,
    upgrades,
    connections,
    admission: access?.admission,
    onRefused: logRefusals(logger),
    onFailure,
  });
  const checks = () => vitals.backends().map(({ name, state }) => ({ name, isUp: state === 'up' }));
  for (const [path, probe] of probes({ isAccepting: () => transport.isAccepting, checks }))
    endpoints.set(path, probe);
  endpoints.set(
    '/',
    rootEndpoint(network.transports.map((name) => ({ transport: name, path: paths[name] }))),
  );
  const { address, port } = await transport.listen().catch((error) => refuseAddress(network, error));
  logger.info('Serving', { transports: network.transports.join(','), address, port });
  return transport;
}

function connectors({ connectionOptions }: NetworkOptions): {
  readonly connect: Connect;
  readonly connectModern: ConnectModern;
} {
  const onShutdown = () => undefined; // no method of the modern era
  return {
    connect: (client) => new McpConnection(connectionOptions(client)),
    connectModern: (sink, principal, envelope) =>
      new ModernConnection(connectionOptions({ sink, principal, onShutdown }), envelope),
  };
}

/** For whoever wonders why a client can't come in, or who tries to. */
function logRefusals(logger: Logger): HttpTransportOptions['onRefused'] {
  const log = refusalLog(logger, 'Refused a request');
  return ({ status, error }, { socket }) => {
    if (status === 404) return; // browsers ask for icons
    log({ status, reason: error.message, address: socket.remoteAddress ?? 'unknown' });
  };
}

function refuseAddress({ host, port }: NetworkSettings, { code, message }: NodeJS.ErrnoException): never {
  const why = code === 'EADDRINUSE' ? 'another program does' : message;
  throw new DomainError(
    'network.not-listening',
    'unavailable',
    `Can't listen on port ${port} of "${host}": ${why}; choose others by --port and --host`,
  );
}
