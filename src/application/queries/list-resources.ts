import type { Resource } from '../../domain/resource/resource.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The resources at fixed URIs, always in the same order. @throws DomainError `cursor.invalid` */
export function listResources({ resources }: ResourceRegistries) {
  return (page: PageRequest): Page<Resource> =>
    paginate(
      resources.values().map(({ resource }) => resource),
      (resource) => resource.uri,
      page,
    );
}
