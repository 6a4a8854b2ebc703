import type { Application } from './application.ts';
import type { Logger } from './ports/logger.ts';
import type { PromptDefinition } from './prompts/define-prompt.ts';
import type { ResourceDefinition, ResourceTemplateDefinition } from './resources/define-resource.ts';
import type { ToolDefinition } from './tools/define-tool.ts';

/** Everything a server offers, in the order in which it is listed. */
export interface Surface {
  readonly tools: readonly ToolDefinition[];
  readonly resources: readonly (ResourceDefinition | ResourceTemplateDefinition)[];
  readonly prompts: readonly PromptDefinition[];
}

export interface SurfaceSwitches {
  readonly disabledTools: readonly string[];
  /** Nothing that changes anything. */
  readonly readOnly: boolean;
  readonly logger: Logger;
}

/** Registers a surface, but for the tools that are switched off; a switch for a tool that doesn't exist is told. */
export function registerSurface(
  { commands }: Application,
  surface: Surface,
  { disabledTools, readOnly, logger }: SurfaceSwitches,
): void {
  const disabled = new Set(disabledTools);
  for (const definition of surface.tools) {
    const switchedOff = disabled.delete(definition.tool.name);
    const changes = !definition.tool.annotations.readOnlyHint;
    if (!switchedOff && !(readOnly && changes)) commands.registerTool(definition);
  }
  for (const name of disabled) logger.warn('A tool that is switched off does not exist', { tool: name });
  for (const definition of surface.resources) commands.registerResource(definition);
  for (const definition of surface.prompts) commands.registerPrompt(definition);
}
