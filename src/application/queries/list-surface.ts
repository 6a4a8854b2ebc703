import { isGranted, scopeOfTool } from '../../domain/policy/scope.ts';
import type { Prompt } from '../../domain/prompt/prompt.ts';
import type { Resource, ResourceTemplate } from '../../domain/resource/resource.ts';
import type { Tool } from '../../domain/tool/tool.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { Principal } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The tools that this caller may use, always in the same order. @throws DomainError `cursor.invalid` */
export function listTools({ tools }: { readonly tools: Registry<ToolDefinition> }) {
  return (page: PageRequest, { scopes }: Principal): Page<Tool> =>
    paginate(
      tools.values().flatMap(({ tool }) => (isGranted(scopeOfTool(tool), scopes) ? [tool] : [])),
      (tool) => tool.name,
      page,
    );
}

/** The resources at fixed URIs, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResources({ resources }: ResourceRegistries) {
  return (page: PageRequest, { scopes }: Principal): Page<Resource> =>
    paginate(
      isGranted('resources:read', scopes) ? resources.values().map(({ resource }) => resource) : [],
      (resource) => resource.uri,
      page,
    );
}

/** The families of resources, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResourceTemplates({ resourceTemplates }: ResourceRegistries) {
  return (page: PageRequest, { scopes }: Principal): Page<ResourceTemplate> =>
    paginate(
      isGranted('resources:read', scopes) ? resourceTemplates.values().map(({ template }) => template) : [],
      (template) => template.uriTemplate,
      page,
    );
}

/** The prompts, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listPrompts({ prompts }: { readonly prompts: Registry<PromptDefinition> }) {
  return (page: PageRequest, { scopes }: Principal): Page<Prompt> =>
    paginate(
      isGranted('prompts:read', scopes) ? prompts.values().map(({ prompt }) => prompt) : [],
      (prompt) => prompt.name,
      page,
    );
}
