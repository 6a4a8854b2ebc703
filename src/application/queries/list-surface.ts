import type { Prompt } from '../../domain/prompt/prompt.ts';
import type { Resource, ResourceTemplate } from '../../domain/resource/resource.ts';
import type { Tool } from '../../domain/tool/tool.ts';
import {
  grantedPrompts,
  grantedResources,
  grantedTemplates,
  grantedTools,
  type Prompts,
  type Tools,
} from '../granted-surface.ts';
import type { Principal } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The tools that this caller may use, always in the same order. @throws DomainError `cursor.invalid` */
export function listTools(registries: Tools) {
  return (page: PageRequest, principal: Principal): Page<Tool> =>
    paginate(grantedTools(registries, principal), (tool) => tool.name, page);
}

/** The resources at fixed URIs, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResources(registries: ResourceRegistries) {
  return (page: PageRequest, principal: Principal): Page<Resource> =>
    paginate(grantedResources(registries, principal), (resource) => resource.uri, page);
}

/** The families of resources, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResourceTemplates(registries: ResourceRegistries) {
  return (page: PageRequest, principal: Principal): Page<ResourceTemplate> =>
    paginate(grantedTemplates(registries, principal), (template) => template.uriTemplate, page);
}

/** The prompts, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listPrompts(registries: Prompts) {
  return (page: PageRequest, principal: Principal): Page<Prompt> =>
    paginate(grantedPrompts(registries, principal), (prompt) => prompt.name, page);
}
