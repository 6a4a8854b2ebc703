import { isGranted } from '../../domain/policy/scope.ts';
import type { ResourceTemplate } from '../../domain/resource/resource.ts';
import type { Principal } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The families of resources, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResourceTemplates({ resourceTemplates }: ResourceRegistries) {
  return (page: PageRequest, { scopes }: Principal): Page<ResourceTemplate> =>
    paginate(
      isGranted('resources:read', scopes) ? resourceTemplates.values().map(({ template }) => template) : [],
      (template) => template.uriTemplate,
      page,
    );
}
