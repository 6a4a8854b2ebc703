import type { Application } from '../application/application.ts';
import type { Eventual } from '../application/eventual.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { EffectiveSetting } from '../application/ports/configuration-source.ts';
import type { Vitals } from '../application/ports/health.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { RootGrants } from '../application/ports/path-grants.ts';
import { promptDefinitions } from '../application/prompts/prompt-definitions.ts';
import { configResource } from '../application/resources/config-resource.ts';
import { fileResource } from '../application/resources/file-resource.ts';
import { healthResource } from '../application/resources/health-resource.ts';
import type { Surface } from '../application/surface.ts';
import { deferredTool } from '../application/tools/define/deferred-tool.ts';
import type { ToolDefinition } from '../application/tools/define/define-tool.ts';
import type { ToolLimits } from '../application/tools/tool-limits.ts';
import { offeredTools, type ToolDependencies } from '../application/tools/tool-table.ts';
import type { CommandRules } from '../domain/policy/commands/command-policy.ts';
import { pathPlatform } from '../domain/policy/paths/path-platform.ts';
import { usesPathOf } from '../infrastructure/auth/uses-path.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import type { LoadedConfiguration } from '../infrastructure/config/load-configuration.ts';
import type { Configuration } from '../infrastructure/config/schema/configuration-schema.ts';
import { readAllowedProgram } from '../infrastructure/config/schema/values/allowed-program.ts';
import { argumentKeyPath, databasePath } from '../infrastructure/config/sources/state-folder.ts';
import { databaseFiles } from '../infrastructure/persistence/sqlite/database-files.ts';
import type { ServerIdentity } from '../presentation/protocol/services.ts';
import { finishedDescriptions } from './finished-descriptions.ts';
import { hostAdapters } from './host-adapters.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { TracedAdapters } from './traced-adapters.ts';

/** A configuration that holds, with what is known of where it came from. */
export interface ValidConfiguration extends Pick<LoadedConfiguration, 'file' | 'secrets'> {
  readonly configuration: Configuration;
  /** Described when asked for. */
  readonly settings: () => Eventual<readonly EffectiveSetting[]>;
}

export interface SurfaceContext {
  readonly application: Application;
  readonly clock: Clock;
  readonly server: ServerIdentity;
  readonly vitals: Vitals;
  readonly logger: Logger;
  readonly lifetimes: Lifetimes;
  readonly traced?: TracedAdapters | undefined;
}

export interface OpenedSurface extends Pick<RootGrants, 'pinRoots'> {
  readonly surface: Surface;
}

/** Makes what tfo-mcp offers, as the configuration wants it, over adapters that load when they are needed. */
export async function openSurface(
  loaded: ValidConfiguration,
  host: ConfigurationHost,
  { application, logger, lifetimes, traced, ...context }: SurfaceContext,
): Promise<OpenedSurface> {
  const { configuration, secrets, settings } = loaded;
  const { security, server, tools } = configuration;
  const adapters = hostAdapters({
    host,
    allowedDirectories: security.allowed_directories,
    startedByClient: server.transport === 'stdio',
    sensitive: ownFiles(loaded, host),
    logger,
    lifetimes,
  });
  const dependencies = {
    ...context,
    ...adapters,
    ...traced?.host(adapters, host.environment),
    limits: toolLimits(configuration),
    rules: commandRules(configuration, host),
    confirmOverwrite: security.confirm_overwrite,
    environment: { variables: host.environment, secrets, platform: host.platform },
    conversing: application.commands,
  };
  const surface = {
    tools: await openTools(tools.toolsets, dependencies),
    resources: [
      configResource(settings),
      healthResource({ ...dependencies, getHealth: application.queries.getHealth }),
      fileResource({ ...dependencies, platform: pathPlatform(host.platform) }),
    ],
    prompts: promptDefinitions(),
  };
  return { surface, pinRoots: dependencies.grants.pinRoots };
}

/** One whose description is finished is loaded when it is first called. */
async function openTools(
  toolsets: readonly string[],
  dependencies: ToolDependencies,
): Promise<readonly ToolDefinition[]> {
  const finished = finishedDescriptions(dependencies.limits);
  return await Promise.all(
    offeredTools(toolsets, dependencies).map(async ([name, { make }]) => {
      const description = finished[name];
      if (description === undefined) return await make(dependencies);
      return deferredTool(description, () => make(dependencies));
    }),
  );
}

/** Files that the server reads and writes for itself. */
function ownFiles({ file, configuration }: ValidConfiguration, host: ConfigurationHost): readonly string[] {
  const { telemetry } = configuration;
  const { state_key_file, api_keys_file } = configuration.security;
  const { api_key_file } = configuration.claude;
  const { output, max_files } = configuration.logging;
  const uses = api_keys_file && usesPathOf(api_keys_file);
  const database = databasePath(configuration.database, host);
  return [
    file,
    state_key_file,
    api_keys_file,
    uses,
    api_key_file,
    telemetry.api_key_secret_file,
    ...[telemetry, telemetry.traces, telemetry.metrics, telemetry.logs].flatMap((way) => [
      way.headers_file,
      way.key_file,
    ]),
    ...(database === undefined ? [] : [...databaseFiles(database), argumentKeyPath(database)]),
    ...(output === 'stderr' ? [] : logFiles(output, max_files)),
  ].filter((path) => path !== undefined);
}

/** The log, and what was put aside of it. */
const logFiles = (path: string, count: number): readonly string[] => [
  path,
  ...Array.from({ length: count }, (_, index) => `${path}.${index + 1}`),
];

export function toolLimits({ tools, claude }: Configuration): ToolLimits {
  return {
    answerBytes: tools.answer_bytes,
    maxReadBytes: tools.max_read_bytes,
    maxImageBytes: tools.max_image_bytes,
    maxOutputBytes: tools.max_output_bytes,
    maxWriteBytes: tools.max_write_bytes,
    maxEntries: tools.max_entries,
    maxResults: tools.max_results,
    commandTimeout: Math.min(tools.command_timeout, tools.max_command_timeout),
    maxCommandTimeout: tools.max_command_timeout,
    maxConcurrentCommands: tools.max_concurrent_commands,
    claudeTimeout: claude.timeout,
  };
}

function commandRules({ server, security }: Configuration, { platform }: ConfigurationHost): CommandRules {
  const { policy = server.transport === 'stdio' ? 'allow' : 'off', allowlist } = security.commands;
  return { policy, allowlist: allowlist.map(readAllowedProgram), platform };
}
