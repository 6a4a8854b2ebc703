import type { Application } from '../application/application.ts';
import type { Eventual } from '../application/eventual.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { EffectiveSetting } from '../application/ports/configuration-source.ts';
import type { Vitals } from '../application/ports/health.ts';
import { promptDefinitions } from '../application/prompts/prompt-definitions.ts';
import { configResource } from '../application/resources/config-resource.ts';
import { fileResource } from '../application/resources/file-resource.ts';
import { healthResource } from '../application/resources/health-resource.ts';
import type { Surface } from '../application/surface.ts';
import { echoTool } from '../application/tools/echo.ts';
import { executeCommandTool } from '../application/tools/execute-command.ts';
import { listDirectoryTool } from '../application/tools/list-directory.ts';
import { readFileTool } from '../application/tools/read-file.ts';
import { searchFilesTool } from '../application/tools/search-files.ts';
import { systemInfoTool } from '../application/tools/system-info.ts';
import type { ToolLimits } from '../application/tools/tool-limits.ts';
import { writeFileTool } from '../application/tools/write-file.ts';
import type { EnvironmentSource } from '../domain/policy/child-environment.ts';
import { type CommandRules, offersCommands } from '../domain/policy/command-policy.ts';
import { pathPlatform } from '../domain/policy/path-platform.ts';
import { NodeSystemInformation } from '../infrastructure/system/node-system-information.ts';
import type { HostAdapters } from './host-adapters.ts';

export interface SurfaceDependencies extends HostAdapters {
  readonly server: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  readonly limits: ToolLimits;
  readonly rules: CommandRules;
  readonly environment: EnvironmentSource;
  /** Secrets masked. */
  readonly settings: () => Eventual<readonly EffectiveSetting[]>;
  readonly getHealth: Application['queries']['getHealth'];
  readonly vitals: Vitals;
}

/** What tfo-mcp offers, in the order in which it is listed. */
export function productSurface(dependencies: SurfaceDependencies): Surface {
  const { server, rules, settings } = dependencies;
  const platform = pathPlatform(rules.platform);
  return {
    tools: [
      echoTool(),
      readFileTool(dependencies),
      writeFileTool(dependencies),
      listDirectoryTool(dependencies),
      searchFilesTool(dependencies),
      ...(offersCommands(rules) ? [executeCommandTool(dependencies)] : []),
      systemInfoTool(new NodeSystemInformation(), { name: server.name, version: server.version }),
    ],
    resources: [
      configResource(settings),
      healthResource(dependencies),
      fileResource({ ...dependencies, platform }),
    ],
    prompts: promptDefinitions(),
  };
}
