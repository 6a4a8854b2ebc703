import type { Application } from '../application/application.ts';
import type { Eventual } from '../application/eventual.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { EffectiveSetting } from '../application/ports/configuration-source.ts';
import type { Vitals } from '../application/ports/health.ts';
import type { Surface } from '../application/surface.ts';
import type { ToolLimits } from '../application/tools/tool-limits.ts';
import type { CommandRules } from '../domain/policy/command-policy.ts';
import { readAllowedProgram } from '../infrastructure/config/allowed-program.ts';
import type { ConfigurationHost } from '../infrastructure/config/configuration-host.ts';
import type { LoadedConfiguration } from '../infrastructure/config/load-configuration.ts';
import type { Configuration } from '../infrastructure/config/schema.ts';
import type { ServerIdentity } from '../presentation/protocol/services.ts';
import { hostAdapters } from './host-adapters.ts';
import { productSurface } from './product-surface.ts';

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
}

/** The product's surface as the configuration wants it, over adapters that load when they are needed. */
export async function buildSurface(
  loaded: ValidConfiguration,
  host: ConfigurationHost,
  { application, ...context }: SurfaceContext,
): Promise<Surface> {
  const { configuration, secrets, settings } = loaded;
  const allowedDirectories = configuration.security.allowed_directories;
  return await productSurface({
    ...context,
    ...hostAdapters({
      host,
      allowedDirectories,
      startedByClient: configuration.server.transport === 'stdio',
      sensitive: ownFiles(loaded),
    }),
    limits: toolLimits(configuration),
    rules: commandRules(configuration, host),
    confirmOverwrite: configuration.security.confirm_overwrite,
    environment: { variables: host.environment, secrets, platform: host.platform },
    settings,
    getHealth: application.queries.getHealth,
    conversing: application.commands,
  });
}

/** What the server reads and writes for itself. */
function ownFiles({ file, configuration }: ValidConfiguration): readonly string[] {
  const { state_key_file, api_keys_file } = configuration.security;
  const { api_key_file } = configuration.claude;
  const { output } = configuration.logging;
  return [file, state_key_file, api_keys_file, api_key_file, output === 'stderr' ? undefined : output].filter(
    (path) => path !== undefined,
  );
}

export function toolLimits({ tools, claude }: Configuration): ToolLimits {
  return {
    maxReadBytes: tools.max_read_bytes,
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
