import type { Store } from '../../../application/ports/store.ts';
import type { Tracer } from '../../../application/ports/telemetry.ts';
import { withinSpan } from './within-span.ts';

/**
 * Tells each use of the database by a span (semantic conventions for databases), without what is in it. Events are stored behind the
 * requests that they are of, for many at once: theirs is no part of one.
 * @param system as in "sqlite", asked after each use: what stands in for a file is known by its first one
 */
export function tracedStore(store: Store, system: () => string, tracer: Tracer): Store {
  const traced = <T>(operation: string, collection: string, work: () => Promise<T>): Promise<T> =>
    withinSpan(tracer, { name: `${operation} ${collection}`, kind: 'client' }, async (span) => {
      try {
        return await work();
      } finally {
        span.set({
          'db.system.name': system(),
          'db.operation.name': operation,
          'db.collection.name': collection,
        });
      }
    });
  return {
    commit: async (changes) =>
      await traced('commit', changes[0]?.kind ?? 'event', () => store.commit(changes)),
    append: async (events) => await store.append(events),
    find: async (kind, id) => await traced('find', kind, () => store.find(kind, id)),
    appended: async (kind, ...more) => await traced('appended', kind, () => store.appended(kind, ...more)),
    list: async (kind, ...more) => await traced('list', kind, () => store.list(kind, ...more)),
    events: async (...call) => await store.events(...call),
  };
}
