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
import type { ClaudeConversationDependencies } from '../application/tools/claude-conversation.ts';
import type { ToolLimits } from '../application/tools/tool-limits.ts';
import type { EnvironmentSource } from '../domain/policy/child-environment.ts';
import type { CommandRules } from '../domain/policy/command-policy.ts';
import { pathPlatform } from '../domain/policy/path-platform.ts';
import type { HostAdapters } from './host-adapters.ts';
import { productTools } from './product-tools.ts';

export interface SurfaceDependencies extends HostAdapters, ClaudeConversationDependencies {
  readonly server: { readonly name: string; readonly version: string };
  readonly clock: Clock;
  readonly limits: ToolLimits;
  readonly rules: CommandRules;
  readonly confirmOverwrite: boolean;
  readonly environment: EnvironmentSource;
  /** Secrets masked. */
  readonly settings: () => Eventual<readonly EffectiveSetting[]>;
  readonly getHealth: Application['queries']['getHealth'];
  readonly vitals: Vitals;
}

/** What tfo-mcp offers, in the order in which it is listed. */
export async function productSurface(dependencies: SurfaceDependencies): Promise<Surface> {
  const platform = pathPlatform(dependencies.rules.platform);
  return {
    tools: await productTools(dependencies),
    resources: [
      configResource(dependencies.settings),
      healthResource(dependencies),
      fileResource({ ...dependencies, platform }),
    ],
    prompts: promptDefinitions(),
  };
}
