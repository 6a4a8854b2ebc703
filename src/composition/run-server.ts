import type { Application } from '../application/application.ts';
import { createNoteFailure } from '../application/note-failure.ts';
import type { IdGenerator } from '../application/ports/id-generator.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { Metrics, Tracer } from '../application/ports/telemetry.ts';
import { localUser } from '../application/request-context.ts';
import { MAX_ANSWER_BYTES } from '../domain/policy/answer-limit.ts';
import { McpConnection } from '../presentation/protocol/mcp-connection.ts';
import type { ServerIdentity, Services } from '../presentation/protocol/services.ts';
import type { ShutdownDeadlines } from '../presentation/transport/shutdown-deadlines.ts';
import { StdioTransport } from '../presentation/transport/stdio.ts';
import type { Lifetimes } from './lifetimes.ts';
import { createLogFault } from './log-fault.ts';
import type { Access } from './network/open-access.ts';
import type { NetworkOptions, NetworkSettings } from './network/open-network.ts';
import { refusalLog } from './network/refusal-log.ts';
import type { ProcessVitals } from './process-vitals.ts';
import { watchForStop } from './watch-for-stop.ts';

export interface ServerOptions {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly sealer: Services['sealer'];
  readonly pinRoots: Services['pinRoots'];
  readonly vitals: ProcessVitals;
  readonly lifetimes: Lifetimes;
  readonly tracer?: Tracer | undefined;
  readonly metrics?: Metrics | undefined;
  readonly pageSize: number;
  /** Bytes of one incoming message. */
  readonly maxMessageBytes: number;
  /** Seconds until the process ends once the end has come, whatever is still under way. */
  readonly shutdownTimeout: number;
  /** Serves network clients instead of the one on stdio. */
  readonly network?: NetworkSettings | undefined;
  readonly access?: Access | undefined;
  /** Told the URLs of a network server, once it listens. */
  readonly onListening?: ((urls: readonly string[]) => void) | undefined;
}

/** A served transport, as stopping sees it. */
export interface Transport {
  /** Requests that are being worked on. */
  readonly requestsInFlight: number;
  /** Takes no new work, lets what is under way finish; resolves when everything is written that could be, or at `exit`. */
  close(deadlines: ShutdownDeadlines): Promise<void>;
}

/** Serves until the end has come, and everything is written. @returns the reason of the end. @throws DomainError as openNetwork */
export async function runServer(options: ServerOptions): Promise<string> {
  const { logger, vitals, ids } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.debug('Stopping', { reason });
    end(windDown(transport, options).then(() => reason)); // at once: what came behind the end is not read
  };
  const transport = await open(options, stop);
  vitals.count(transport);
  const isNetwork = options.network !== undefined;
  watchForStop({ stop, logFault: createLogFault(logger, ids), isNetwork });
  const reason = await ended;
  if (isNetwork) logger.info('Stopped', { reason });
  return reason;
}

/**
 * Work that isn't done when the last part of the time begins is aborted, and has that part to clean up: a command gets SIGTERM
 * then, not at the exit.
 */
async function windDown(
  transport: Transport,
  { shutdownTimeout, logger, lifetimes }: ServerOptions,
): Promise<void> {
  const exit = after(shutdownTimeout);
  const drain = after(shutdownTimeout - cleaningSeconds(shutdownTimeout));
  await transport
    .close({ drain, exit })
    .catch((error) => logger.error('Stopping failed', { error: String(error) }));
  await lifetimes.close(exit);
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}

async function open(options: ServerOptions, onEnd: (reason: string) => void): Promise<Transport> {
  const { network, maxMessageBytes, logger, server } = options;
  const connectionOptions = connectionOptionsOf(options);
  if (network !== undefined) {
    const { openNetwork } = await import('./network/open-network.ts');
    return await openNetwork({ ...options, network, connectionOptions });
  }
  logger.debug('Serving', { transport: 'stdio', version: server.version });
  return new StdioTransport({
    maxMessageBytes,
    connect: (sink) =>
      new McpConnection(
        connectionOptions({ sink, principal: localUser, onShutdown: () => onEnd('shutdown') }),
      ),
    onEnd,
  });
}

function connectionOptionsOf(options: ServerOptions): NetworkOptions['connectionOptions'] {
  const { logger, ids, tracer, metrics } = options;
  const onUnexpected = createNoteFailure(logger, ids);
  const transport = networkTransport(options);
  const tracing = tracer && { tracer, attributes: { 'network.transport': transport } };
  const metering = metrics && { operations: metrics.operations, transport };
  const log = refusalLog(logger, 'Refused a message');
  const onRefused = (reason: string) => log('message', { reason });
  return ({ sink, ...client }) => ({
    services: { ...options, ...client, tracing, metering },
    sink,
    maxFrameBytes: MAX_ANSWER_BYTES,
    onUnexpected,
    onRefused,
  });
}

/** By the semantic conventions' attribute of this name. */
export function networkTransport({ network }: Pick<ServerOptions, 'network'>): 'pipe' | 'tcp' {
  return network === undefined ? 'pipe' : 'tcp';
}

const LEAST_CLEANING = 0.3;

/** Of the seconds that stopping may take, those to clean up in: a quarter, but enough for a process; never more than half. */
export function cleaningSeconds(seconds: number): number {
  return Math.min(Math.max(seconds / 4, LEAST_CLEANING), seconds / 2);
}
