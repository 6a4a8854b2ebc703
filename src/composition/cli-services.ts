import type { ConfigurationRequest } from '../application/ports/configuration-source.ts';
import { createRedactor } from '../domain/policy/redact.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import { createConfigurationSource } from '../infrastructure/config/configuration-source.ts';
import type { LoadedConfiguration } from '../infrastructure/config/load-configuration.ts';
import { loadDefaults } from '../infrastructure/config/load-defaults.ts';
import { processHost } from '../infrastructure/config/process-host.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { UuidV7Generator } from '../infrastructure/identity/uuid-v7-generator.ts';
import { type ConsolaLogger, createConsolaLogger } from '../infrastructure/logging/consola-logger.ts';
import { logFaults } from '../presentation/cli/failures/fault-guard.ts';
import type { BuildFacts, CliServices, Prepared, Unprepared } from '../presentation/cli/services.ts';
import { writeBehind } from '../presentation/transport/write-behind.ts';
import { createLogFault } from './log-fault.ts';
import { describeAuthentication, exposureWarnings } from './network/network-settings.ts';
import { openProduct } from './product.ts';
import { commit, version } from './server-identity.ts';
import type { ValidConfiguration } from './surface.ts';

/** The services that the command line works with in this process. */
export function cliServices(): CliServices {
  const host = processHost();
  return {
    build: buildFacts(),
    guide: async (name) => await (await import('./read-guide.ts')).readGuide(name),
    configuration: createConfigurationSource(host),
    prepare: (request) => prepare(request, host),
    keys: async (request) => (await import('./network/open-key-ring.ts')).openKeyRing(request, host),
    archive: async (request) => (await import('./open-archive.ts')).openArchive(request, host),
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
  const { configuration, startNotices: notices, problems, secrets, isMistyped } = loaded;
  if (configuration === undefined) return { notices, problems, isMistyped };
  const logger = createLogger(configuration, secrets, host);
  logFaultsIn(logger);
  const product = await openProduct({ ...loaded, configuration }, host, logger);
  return {
    application: product.application,
    server: product.server,
    logger: product.logger,
    notices,
    warnings: [...exposureWarnings(configuration), ...initWarnings(process.pid)],
    hasClaudeKey: configuration.claude.api_key !== undefined,
    servesStdio: configuration.server.transport === 'stdio',
    openBackends: () => product.openBackends(),
    serve: async (onListening) => {
      for (const notice of notices) product.logger.warn(notice);
      return await product.serve((urls) => {
        const directories = configuration.security.allowed_directories;
        onListening({ urls, authentication: describeAuthentication(configuration), directories });
      });
    },
    finish: async () => {
      await product.close();
      await logger.flush();
    },
  };
}

/** Process 1 inherits whatever loses its parent, and nobody but an init waits for that. */
function initWarnings(processId: number): readonly string[] {
  if (processId !== 1) return [];
  return [
    'This is process 1, as in a container without an init: programs that commands leave behind stay as zombies. ' +
      'Start the container with "--init" ("init: true" in Compose)',
  ];
}

function logFaultsIn(logger: ConsolaLogger): void {
  const logFault = createLogFault(logger, new UuidV7Generator());
  logFaults(async (error) => {
    const id = logFault('Ended by what nobody caught', error);
    await logger.flush();
    return id;
  });
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
    startNotices: [],
    problems: [],
    isMistyped: false,
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
    openStream: () => writeBehind(process.stderr),
    ...(logging.output !== 'stderr' && {
      file: { path: logging.output, maxBytes: logging.max_file_size, maxFiles: logging.max_files },
    }),
  });
}
