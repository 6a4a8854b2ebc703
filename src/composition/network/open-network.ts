import type { Application } from '../../application/application.ts';
import type { Vitals } from '../../application/ports/health.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import type { NetworkTransport } from '../../infrastructure/config/schema/values/transports.ts';
import type { ConnectionOptions } from '../../presentation/protocol/connection-options.ts';
import { McpConnection } from '../../presentation/protocol/mcp-connection.ts';
import { ModernConnection } from '../../presentation/protocol/modern/modern-connection.ts';
import type { Services } from '../../presentation/protocol/services.ts';
import type { Connect, ConnectingClient, ConnectModern } from '../../presentation/transport/connect.ts';
import type { Admission } from '../../presentation/transport/http/admission/admission.ts';
import type { AllowedNames } from '../../presentation/transport/http/admission/allowed-names.ts';
import {
  type AddressOf,
  clientAddresses,
} from '../../presentation/transport/http/admission/client-address.ts';
import { RevocationWatch } from '../../presentation/transport/http/admission/revocation-watch.ts';
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
import { authorityOf, isUnspecified } from './authority.ts';
import type { Access } from './open-access.ts';
import { refusalLog } from './refusal-log.ts';

/** Settings for serving network clients. */
export interface NetworkSettings {
  readonly transports: readonly NetworkTransport[];
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** URL by which clients reach the server through a proxy, without a slash at its end. */
  readonly publicUrl?: string;
  readonly allowed: AllowedNames;
  /** Addresses and ranges of proxies whose headers tell a client's address. */
  readonly trustedProxies?: readonly string[];
  /** Sessions at once, of each transport. */
  readonly maxSessions: number;
  /** Seconds after which a session that nobody uses is closed. */
  readonly sessionTimeout: number;
  /** Seconds after which a client is sent away from a stream that it can come back to; 0 or absent: never. */
  readonly streamTimeout?: number;
}

export interface NetworkOptions {
  readonly network: NetworkSettings;
  readonly application: Application;
  /** The parts of a connection, for one client. */
  readonly connectionOptions: (
    client: ConnectingClient & Pick<Services, 'isStillAuthorized'>,
  ) => ConnectionOptions;
  readonly vitals: Vitals;
  readonly logger: Logger;
  /** Bytes of one incoming message. */
  readonly maxMessageBytes: number;
  /** Without it, everybody who reaches the server is one and the same. */
  readonly access?: Access | undefined;
  /** Told the URLs, once they can be used. */
  readonly onListening?: ((urls: readonly string[]) => void) | undefined;
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
  const revocations = access && new RevocationWatch(access.admission);
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
    revocations,
    onFailure,
  };
  const prefix =
    network.publicUrl === undefined ? '' : new URL(network.publicUrl).pathname.replace(/^\/$/, '');
  const addressOf = clientAddresses(network.trustedProxies);
  if (network.transports.includes('http')) {
    const { queries } = options.application;
    const { sessionTimeout, streamTimeout = 0 } = network;
    const times = { sessionIdleMs: sessionTimeout * 1000, streamMs: streamTimeout * 1000 };
    const http = new StreamableHttp({ ...common, queries, ...times });
    endpoints.set(paths.http, http);
  }
  if (network.transports.includes('sse')) {
    const sse = new LegacySse({ ...common, messagesPath: `${prefix}${MESSAGES}` });
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
    revocations,
    addressOf,
    onRefused: logRefusals(logger, addressOf),
    onFailure,
  });
  const checks = () =>
    vitals
      .backends()
      .map(({ name, state, isRequired = true }) => ({ name, isUp: state === 'up' || !isRequired }));
  for (const [path, probe] of probes({ isAccepting: () => transport.isAccepting, checks }))
    endpoints.set(path, probe);
  endpoints.set(
    '/',
    rootEndpoint(network.transports.map((name) => ({ transport: name, path: `${prefix}${paths[name]}` }))),
  );
  const { address, port } = await transport.listen().catch((error) => refuseAddress(network, error));
  const urls = urlsOf(network, port);
  logger.info('Serving', { transports: network.transports.join(','), address, port, url: urls.join(' ') });
  options.onListening?.(urls);
  return transport;
}

/** URLs for clients: by the proxy in front, else by the address that is listened on, of which 0.0.0.0 is none. */
function urlsOf({ transports, host, publicUrl }: NetworkSettings, port: number): readonly string[] {
  const base = publicUrl ?? `http://${isUnspecified(host) ? 'localhost' : authorityOf(host)}:${port}`;
  return transports.map(
    (name) => `${name === 'websocket' ? base.replace(/^http/, 'ws') : base}${paths[name]}`,
  );
}

function connectors({ connectionOptions, access }: NetworkOptions): {
  readonly connect: Connect;
  readonly connectModern: ConnectModern;
} {
  const onShutdown = () => undefined; // no method of the modern era
  const open = (client: ConnectingClient) => {
    const isStillAuthorized = access && (() => access.admission.isStillAuthorized(client.principal));
    return connectionOptions({ ...client, isStillAuthorized });
  };
  return {
    connect: (client) => new McpConnection(open(client)),
    connectModern: (sink, principal, envelope) =>
      new ModernConnection(open({ sink, principal, onShutdown }), envelope),
  };
}

/** For whoever wonders why a client can't come in, or who tries to. */
function logRefusals(logger: Logger, addressOf: AddressOf): HttpTransportOptions['onRefused'] {
  const log = refusalLog(logger, 'Refused a request');
  return ({ status, error }, request) => {
    if (status === 404) return; // browsers ask for icons
    log(status, { status, reason: error.message, address: addressOf(request) ?? 'unknown' });
  };
}

function refuseAddress({ host, port }: NetworkSettings, { code, message }: NodeJS.ErrnoException): never {
  const why = code === 'EADDRINUSE' ? 'another program uses it' : message;
  throw new DomainError(
    'network.not-listening',
    'unavailable',
    `Can't listen on port ${port} of "${host}": ${why}; choose others by --port and --host`,
  );
}
