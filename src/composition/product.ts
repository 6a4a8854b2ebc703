import { type Application, createApplication } from '../application/application.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { StateSealer } from '../application/ports/state-sealer.ts';
import { registerSurface } from '../application/surface.ts';
import { lazily } from '../domain/shared/lazily.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import type { ServerIdentity } from '../presentation/protocol/services.ts';
import { conversationSettings } from './conversation-settings.ts';
import { Lifetimes } from './lifetimes.ts';
import { longestMessage, networkSettings, requestRate } from './network/network-settings.ts';
import type { Access, AccessOptions } from './network/open-access.ts';
import { openAdapters } from './open-adapters.ts';
import { openAudit } from './open-audit.ts';
import { ProcessVitals } from './process-vitals.ts';
import { networkTransport, runServer } from './run-server.ts';
import { serverIdentity } from './server-identity.ts';
import { measured, measureSessions, startTelemetry } from './start-telemetry.ts';
import { openSurface, type ValidConfiguration } from './surface.ts';

/** The application with its surface, as a configuration wants it: to be used from here, or served. */
export interface Product {
  readonly application: Application;
  readonly server: ServerIdentity;
  /** The log of all that is done here: where the configuration says so, it is exported, too. */
  readonly logger: Logger;
  /** Opens what is otherwise opened at its first use. What fails is logged, and in the health. */
  openBackends(): Promise<void>;
  /** Serves until the end has come, and resolves with its reason; everything that was opened is closed then. */
  serve(onListening: (urls: readonly string[]) => void): Promise<string>;
  /** Closes everything that was opened. */
  close(): Promise<void>;
}

/** Opens the product; adapters connect when they are first used. */
export async function openProduct(
  loaded: ValidConfiguration,
  host: ConfigurationHost,
  ownLogger: Logger,
): Promise<Product> {
  const { configuration } = loaded;
  const { audit: auditing, mcp, security, server: serving, tools } = configuration;
  const lifetimes = new Lifetimes(ownLogger);
  const server = serverIdentity(serving.name);
  // First, and so closed last: what others do until their end is exported, too.
  const { tracer, traced, metrics, logger } = await startTelemetry(configuration, {
    logger: ownLogger,
    lifetimes,
    version: server.version,
    secrets: loaded.secrets,
  });
  const opened = openAdapters(configuration, { host, logger, lifetimes, traced });
  const adapters = { ...opened, claude: await measured(opened.claude, metrics) };
  const rate = await requestRate(configuration, adapters.clock);
  const application = createApplication(adapters, {
    toolTimeout: mcp.tool_timeout,
    toolRate: rate,
    conversation: conversationSettings(configuration),
    recordsArguments: auditing.record_arguments !== 'none',
  });
  const { events } = application;
  const audit = await openAudit(configuration, { ...adapters, events, lifetimes, secrets: loaded.secrets });
  const vitals = new ProcessVitals(server.version, lifetimes, audit);
  const { clock } = adapters;
  const { surface, pinRoots } = await openSurface(loaded, host, {
    application,
    clock,
    server,
    vitals,
    logger,
    lifetimes,
    traced,
  });
  registerSurface(application, surface, { disabledTools: tools.disabled, readOnly: security.read_only });
  const shutdownTimeout = serving.shutdown_timeout;
  const openBackends = async () => {
    await adapters.file?.open().catch(({ message: error }: Error) => {
      logger.warn('The database can’t be used', { error });
    });
  };
  return {
    application,
    server,
    logger,
    openBackends,
    serve: async (onListening) => {
      const network = networkSettings(configuration);
      await measureSessions(application, metrics, networkTransport({ network }));
      // One that is required decides from the start whether the server is ready.
      if (configuration.database.required) await openBackends();
      return await runServer({
        application,
        server,
        ids: adapters.ids,
        logger,
        vitals,
        lifetimes,
        tracer,
        metrics,
        sealer: lazySealer(security.state_key),
        pinRoots: network === undefined && security.allowed_directories.length === 0 ? pinRoots : undefined,
        pageSize: mcp.page_size,
        maxMessageBytes: longestMessage(configuration),
        shutdownTimeout,
        network,
        access: network && (await access(configuration, { logger, rate, lifetimes })),
        onListening,
      });
    },
    close: () => lifetimes.close(after(shutdownTimeout)),
  };
}

/** Loads what admits network clients, only where there are any. */
async function access(configuration: Configuration, options: AccessOptions): Promise<Access | undefined> {
  const { openAccess } = await import('./network/open-access.ts');
  return await openAccess(configuration, options);
}

/** Resolves after so many seconds, and keeps no process from ending that has nothing left to do. */
function after(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}

/** Made at the first question that a modern client is asked: most clients are never asked one. */
function lazySealer(key: string | undefined): () => Promise<StateSealer> {
  return lazily(async () => {
    const { AesGcmStateSealer } = await import('../infrastructure/sealing/aes-gcm-state-sealer.ts');
    return new AesGcmStateSealer(key);
  });
}
