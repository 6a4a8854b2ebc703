import { createApplication } from '../application/application.ts';
import type { ConfigurationRequest } from '../application/ports/configuration-source.ts';
import type { Rate } from '../application/ports/rate-limiter.ts';
import type { StateSealer } from '../application/ports/state-sealer.ts';
import { registerSurface } from '../application/surface.ts';
import { createRedactor } from '../domain/policy/redact.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import { createConfigurationSource } from '../infrastructure/config/configuration-source.ts';
import type { LoadedConfiguration } from '../infrastructure/config/load-configuration.ts';
import { loadDefaults } from '../infrastructure/config/load-defaults.ts';
import { processHost } from '../infrastructure/config/process-host.ts';
import type { Configuration } from '../infrastructure/config/schema.ts';
import { UuidV7Generator } from '../infrastructure/identity/uuid-v7-generator.ts';
import { type ConsolaLogger, createConsolaLogger } from '../infrastructure/logging/consola-logger.ts';
import { MemorySessionRepository } from '../infrastructure/persistence/memory/session-repository.ts';
import { SystemClock } from '../infrastructure/system/system-clock.ts';
import type { BuildFacts, CliServices, Prepared, Unprepared } from '../presentation/cli/services.ts';
import { conversationAdapters, conversationSettings } from './conversation-adapters.ts';
import { lazily } from './lazily.ts';
import { exposureWarnings, networkSettings, requestRate } from './network-settings.ts';
import type { Access } from './open-access.ts';
import { ProcessVitals } from './process-vitals.ts';
import { runServer } from './run-server.ts';
import { serverIdentity } from './server-identity.ts';
import { openSurface, type ValidConfiguration } from './surface.ts';
import { commit, version } from './version.ts';

/** What the command line works with in this process. */
export function cliServices(): CliServices {
  const host = processHost();
  return {
    build: buildFacts(),
    configuration: createConfigurationSource(host),
    prepare: (request) => prepare(request, host),
    keys: async (request) => (await import('./open-key-ring.ts')).openKeyRing(request, host),
  };
}

function buildFacts(): BuildFacts {
  return {
    version,
    commit,
    runtime: `node ${process.versions.node}`,
    platform: `${process.platform}-${process.arch}`,
  };
}

async function prepare(
  request: ConfigurationRequest,
  host: ConfigurationHost,
): Promise<Prepared | Unprepared> {
  const loaded = await load(request, host);
  const { configuration, notices, problems, secrets } = loaded;
  if (configuration === undefined) return { notices, problems };
  const logger = createLogger(configuration, secrets, host);
  const ids = new UuidV7Generator();
  const clock = new SystemClock();
  const rate = await requestRate(configuration, clock);
  const application = createApplication(
    {
      ...conversationAdapters(configuration),
      sessions: new MemorySessionRepository(),
      clock,
      ids,
      logger,
    },
    {
      toolTimeout: configuration.mcp.tool_timeout,
      toolRate: rate,
      conversation: conversationSettings(configuration),
    },
  );
  const server = serverIdentity(configuration.server.name);
  const vitals = new ProcessVitals(server.version);
  const { security, tools } = configuration;
  const context = { application, clock, server, vitals };
  const surface = await openSurface({ ...loaded, configuration }, host, context);
  registerSurface(application, surface, {
    disabledTools: tools.disabled,
    readOnly: security.read_only,
  });
  return {
    application,
    server,
    logger,
    notices,
    warnings: exposureWarnings(configuration),
    serve: async () => {
      for (const notice of notices) logger.warn(notice);
      const network = networkSettings(configuration);
      await runServer({
        application,
        server,
        ids,
        logger,
        vitals,
        sealer: lazySealer(security.state_key),
        usesRoots: network === undefined && security.allowed_directories.length === 0,
        pageSize: configuration.mcp.page_size,
        maxMessageBytes: configuration.mcp.max_message_size,
        shutdownTimeout: configuration.server.shutdown_timeout,
        network,
        access: network && (await access(configuration, logger, rate)),
      });
    },
    finish: () => logger.flush(),
  };
}

/** What keeps the door is loaded only where there is one. */
async function access(
  configuration: Configuration,
  logger: ConsolaLogger,
  rate: Rate | undefined,
): Promise<Access | undefined> {
  const { openAccess } = await import('./open-access.ts');
  return await openAccess(configuration, { logger, rate });
}

type Loaded = Omit<LoadedConfiguration, 'settings'> & Pick<ValidConfiguration, 'settings'>;

/** The configuration. What reads one is loaded only where there is something to read: most servers start without. */
async function load(request: ConfigurationRequest, host: ConfigurationHost): Promise<Loaded> {
  const defaults = loadDefaults(request, host);
  const read = async () => {
    const { loadConfiguration } = await import('../infrastructure/config/load-configuration.ts');
    return await loadConfiguration(request, host);
  };
  if (defaults === undefined) return await read();
  return {
    ...defaults,
    notices: [],
    problems: [],
    settings: async () => (await read()).settings(),
  };
}

function createLogger(
  { server, logging }: Configuration,
  secrets: readonly string[],
  { environment }: ConfigurationHost,
): ConsolaLogger {
  return createConsolaLogger({
    level: server.debug ? 'debug' : logging.level,
    format: logging.format,
    redactor: createRedactor(secrets),
    environment,
    openStream: () => process.stderr,
    ...(logging.output !== 'stderr' && {
      file: { path: logging.output, maxBytes: logging.max_file_size, maxFiles: logging.max_files },
    }),
  });
}

/** Made at the first question that a modern client is asked: most clients are never asked one. */
function lazySealer(key: string | undefined): () => Promise<StateSealer> {
  return lazily(async () => {
    const { AesGcmStateSealer } = await import('../infrastructure/sealing/aes-gcm-state-sealer.ts');
    return new AesGcmStateSealer(key);
  });
}
