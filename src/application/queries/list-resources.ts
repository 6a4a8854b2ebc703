import { isGranted } from '../../domain/policy/scope.ts';
import type { Resource } from '../../domain/resource/resource.ts';
import type { Principal } from '../request-context.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The resources at fixed URIs, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listResources({ resources }: ResourceRegistries) {
  return (page: PageRequest, { scopes }: Principal): Page<Resource> =>
    paginate(
      isGranted('resources:read', scopes) ? resources.values().map(({ resource }) => resource) : [],
      (resource) => resource.uri,
      page,
    );
}
