import type { ResourceTemplate } from '../../domain/resource/resource.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The families of resources, always in the same order. @throws DomainError `cursor.invalid` */
export function listResourceTemplates({ resourceTemplates }: ResourceRegistries) {
  return (page: PageRequest): Page<ResourceTemplate> =>
    paginate(
      resourceTemplates.values().map(({ template }) => template),
      (template) => template.uriTemplate,
      page,
    );
}
