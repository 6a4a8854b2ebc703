import type { Application } from './application.ts';
import type { PromptDefinition } from './prompts/define-prompt.ts';
import type { ResourceDefinition, ResourceTemplateDefinition } from './resources/define-resource.ts';
import type { ToolDefinition } from './tools/define/define-tool.ts';

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
}

/** Registers a surface, but for the tools that are switched off. */
export function registerSurface(
  { commands }: Application,
  surface: Surface,
  { disabledTools, readOnly }: SurfaceSwitches,
): void {
  for (const definition of surface.tools) {
    const { name, annotations } = definition.tool;
    if (disabledTools.includes(name) || (readOnly && !annotations.readOnlyHint)) continue;
    commands.registerTool(definition);
  }
  for (const definition of surface.resources) commands.registerResource(definition);
  for (const definition of surface.prompts) commands.registerPrompt(definition);
}
