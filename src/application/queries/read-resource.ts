import type { ResourceContents } from '../../domain/shared/content-block.ts';
import type { RequestContext } from '../request-context.ts';
import { type ResourceRegistries, requireResource } from '../resources/resource-registries.ts';

export interface ReadResource {
  readonly uri: string;
}

export interface ResourceReading {
  readonly contents: readonly ResourceContents[];
  /** For how many milliseconds a client may keep them. */
  readonly ttlMs: number;
}

/** Reads the resource's present content. @throws DomainError `resource.not-found` */
export function readResource(registries: ResourceRegistries) {
  return async ({ uri }: ReadResource, context: RequestContext): Promise<ResourceReading> => {
    const resource = requireResource(registries, uri);
    return { contents: await resource.read(context), ttlMs: resource.ttlMs };
  };
}
