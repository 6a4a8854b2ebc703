import { isGranted, scopeOfTool } from '../domain/policy/scope.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import type { Resource, ResourceTemplate } from '../domain/resource/resource.ts';
import type { Tool } from '../domain/tool/tool.ts';
import type { PromptDefinition } from './prompts/define-prompt.ts';
import type { Registry } from './registry.ts';
import type { Principal } from './request-context.ts';
import type { ResourceRegistries } from './resources/resource-registries.ts';
import type { ToolDefinition } from './tools/define/define-tool.ts';

// The parts of the surface that a caller may learn of: lists, and names in suggestions, show no others.

export interface Tools {
  readonly tools: Registry<ToolDefinition>;
}

export interface Prompts {
  readonly prompts: Registry<PromptDefinition>;
}

/** The tools that the caller's scopes let it use. */
export function grantedTools({ tools }: Tools, { scopes }: Principal): readonly Tool[] {
  return tools.values().flatMap(({ tool }) => (isGranted(scopeOfTool(tool), scopes) ? [tool] : []));
}

/** The resources at fixed URIs; none for a caller who may not use any. */
export function grantedResources(
  { resources }: Pick<ResourceRegistries, 'resources'>,
  { scopes }: Principal,
): readonly Resource[] {
  return isGranted('resources:read', scopes) ? resources.values().map(({ resource }) => resource) : [];
}

/** The families of resources; none for a caller who may not use any. */
export function grantedTemplates(
  { resourceTemplates }: Pick<ResourceRegistries, 'resourceTemplates'>,
  { scopes }: Principal,
): readonly ResourceTemplate[] {
  return isGranted('resources:read', scopes)
    ? resourceTemplates.values().map(({ template }) => template)
    : [];
}

/** The prompts; none for a caller who may not use any. */
export function grantedPrompts({ prompts }: Prompts, { scopes }: Principal): readonly Prompt[] {
  return isGranted('prompts:read', scopes) ? prompts.values().map(({ prompt }) => prompt) : [];
}
