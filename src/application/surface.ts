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

/** Registers a surface, but for the tools that are switched off; a switch for a tool that doesn't exist is told. */
export function registerSurface(
  { commands }: Application,
  surface: Surface,
  { disabledTools, logger }: { readonly disabledTools: readonly string[]; readonly logger: Logger },
): void {
  const disabled = new Set(disabledTools);
  for (const definition of surface.tools) {
    if (!disabled.delete(definition.tool.name)) commands.registerTool(definition);
  }
  for (const name of disabled) logger.warn('A tool that is switched off does not exist', { tool: name });
  for (const definition of surface.resources) commands.registerResource(definition);
  for (const definition of surface.prompts) commands.registerPrompt(definition);
}
