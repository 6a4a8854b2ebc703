import type { Application } from '../application/application.ts';
import { createNoteFailure } from '../application/note-failure.ts';
import type { IdGenerator } from '../application/ports/id-generator.ts';
import type { Logger } from '../application/ports/logger.ts';
import { localUser } from '../application/request-context.ts';
import { MAX_ANSWER_BYTES } from '../domain/policy/answer-limit.ts';
import { McpConnection } from '../presentation/protocol/mcp-connection.ts';
import type { ServerIdentity, Services } from '../presentation/protocol/services.ts';
import { StdioTransport } from '../presentation/transport/stdio.ts';
import type { ProcessVitals } from './process-vitals.ts';
import { watchForStop } from './watch-for-stop.ts';

export interface ServerOptions {
  readonly application: Application;
  readonly server: ServerIdentity;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly sealer: Services['sealer'];
  readonly usesRoots: boolean;
  readonly vitals: ProcessVitals;
  readonly pageSize: number;
  /** Bytes of one incoming message. */
  readonly maxMessageBytes: number;
  /** Seconds until the process ends once the end has come, whatever is still under way. */
  readonly shutdownTimeout: number;
}

const LEAST_CLEANING_SECONDS = 0.3;

/** Serves one client on stdio; resolves when its stay is over and everything is written. */
export function runServer(options: ServerOptions): Promise<void> {
  const { logger, ids, maxMessageBytes, shutdownTimeout } = options;
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (reason: string): void => {
      if (stopping) return;
      stopping = true;
      logger.debug('Stopping', { reason });
      windDown(transport, shutdownTimeout)
        .catch((error) => logger.error('Stopping failed', { error: String(error) }))
        .finally(resolve);
    };
    const services: Services = { ...options, principal: localUser, onShutdown: () => stop('shutdown') };
    const transport = new StdioTransport({
      maxMessageBytes,
      connect: (sink) =>
        new McpConnection({
          services,
          sink,
          maxFrameBytes: MAX_ANSWER_BYTES,
          onUnexpected: createNoteFailure(logger, ids),
          onRefused: refusalLog(logger),
        }),
      onEnd: stop,
    });
    options.vitals.count(transport.connection.peer);
    watchForStop(stop, logger);
    logger.debug('Serving', { transport: 'stdio', version: options.server.version });
  });
}

/**
 * Reads nothing more, lets work under way finish, ends the session and writes what is left to write. Work that isn't done when
 * the last part of the time begins is aborted, and has that part to clean up: a command gets SIGTERM then, not at the exit.
 */
async function windDown(transport: StdioTransport, seconds: number): Promise<void> {
  const { connection } = transport;
  const deadline = after(seconds);
  transport.stopReading();
  await connection.close(after(seconds - cleaningSeconds(seconds)));
  await Promise.race([connection.peer.whenIdle().then(() => transport.flush()), deadline]);
}

/** A quarter of the time, but enough for a process to clean up; never more than half of it. */
function cleaningSeconds(seconds: number): number {
  return Math.min(Math.max(seconds / 4, LEAST_CLEANING_SECONDS), seconds / 2);
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}

/** At most one line a second: a client that talks nonsense must not fill the log. */
function refusalLog(logger: Logger): (reason: string) => void {
  let refused = 0;
  let next = 0;
  return (reason) => {
    refused += 1;
    const now = performance.now();
    if (now < next) return;
    next = now + 1000;
    logger.warn('Refused a message', { reason, count: refused });
    refused = 0;
  };
}
