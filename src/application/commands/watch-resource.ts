import type { Eventual } from '../eventual.ts';
import type { RequestContext } from '../request-context.ts';
import type { Release } from '../resources/define-resource.ts';
import type { ResourceWatches } from '../resources/resource-watches.ts';

/** A caller without a session wants changes of this resource told, as ResourceUpdated, until it calls what it gets. */
export interface WatchResource {
  readonly uri: string;
}

/** @throws DomainError `resource.not-found`, and whatever the resource refuses this caller with */
export function watchResource({ resourceWatches }: { readonly resourceWatches: ResourceWatches }) {
  return ({ uri }: WatchResource, context: RequestContext): Eventual<Release> =>
    resourceWatches.join(uri, context);
}
