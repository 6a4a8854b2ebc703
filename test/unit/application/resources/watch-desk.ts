import type {
  ResourceDefinition,
  ResourceTemplateDefinition,
} from '../../../../src/application/resources/define-resource.ts';
import { ResourceWatches } from '../../../../src/application/resources/resource-watches.ts';
import { SessionWatches } from '../../../../src/application/resources/session-watches.ts';
import type { DomainError } from '../../../../src/domain/shared/domain-error.ts';
import { sessionDesk } from '../commands/session-desk.ts';
import { fixed, registriesOf } from './test-resources.ts';

/** A resource that is watched, and what a test can see of it and do to it. */
export function watchable(uri: string) {
  const listeners = new Set<() => void>();
  let gate: Promise<void> = Promise.resolve();
  let refusal: DomainError | undefined;
  return {
    definition: {
      ...fixed(uri),
      watch: async (_context: unknown, onChange: () => void) => {
        await gate;
        if (refusal) throw refusal;
        listeners.add(onChange);
        return () => {
          listeners.delete(onChange);
        };
      },
    },
    /** The number of watches that are under way. */
    watches: () => listeners.size,
    change: () => {
      for (const listener of listeners) listener();
    },
    refuse: (error: DomainError | undefined) => {
      refusal = error;
    },
    /** Watches begin only when the returned function is called. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}

/** A desk for sessions whose subscriptions are watched, with the changes that were told, by URI. */
export function watchDesk(...definitions: readonly (ResourceDefinition | ResourceTemplateDefinition)[]) {
  const desk = sessionDesk();
  const registries = registriesOf(...definitions);
  const resourceWatches = new ResourceWatches({ ...desk, ...registries });
  const changes: string[] = [];
  desk.events.on('ResourceUpdated', ({ payload }) => changes.push(payload.uri));
  return {
    ...desk,
    ...registries,
    changes,
    resourceWatches,
    sessionWatches: new SessionWatches(resourceWatches, desk.events),
  };
}
