import { resourceUpdated } from '../../domain/resource/resource-events.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Eventual } from '../eventual.ts';
import type { RequestContext } from '../request-context.ts';
import type { Release } from './define-resource.ts';
import { type ReadableResource, type ResourceRegistries, requireResource } from './resource-registries.ts';

interface Dependencies extends ResourceRegistries {
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

interface Watched {
  readonly stop: Release;
  holders: number;
}

/** Watches resources for those who subscribed to them, each once however many they are, and tells changes as ResourceUpdated. */
export class ResourceWatches {
  private readonly dependencies: Dependencies;
  private readonly watched = new Map<string, Watched>();

  constructor(dependencies: Dependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Sees to it that changes of the resource are told until the returned function is called. At once for a resource that needs no
   * watching.
   * @throws DomainError `resource.not-found`, and whatever the resource refuses this caller with
   */
  join(uri: string, context: RequestContext): Eventual<Release> {
    const { watch } = requireResource(this.dependencies, uri);
    if (watch === undefined) return nothing;
    return this.begin(uri, watch, context);
  }

  /** The number of resources that are watched now. */
  get size(): number {
    return this.watched.size;
  }

  /** Each caller begins a watch of their own, so that each is let in, or refused, by the resource itself; one of them stays. */
  private async begin(
    uri: string,
    watch: NonNullable<ReadableResource['watch']>,
    context: RequestContext,
  ): Promise<Release> {
    const stop = await watch(context, () => this.changed(uri));
    const running = this.watched.get(uri);
    if (running) stop();
    const watched = running ?? { stop, holders: 0 };
    this.watched.set(uri, watched);
    watched.holders += 1;
    return once(() => this.leave(uri, watched));
  }

  private leave(uri: string, watched: Watched): void {
    watched.holders -= 1;
    if (watched.holders > 0) return;
    this.watched.delete(uri);
    watched.stop();
  }

  private changed(uri: string): void {
    const { events, nextStamp } = this.dependencies;
    if (this.watched.has(uri)) events.publish([resourceUpdated(uri, nextStamp())]);
  }
}

const nothing: Release = () => undefined;

function once(work: () => void): Release {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
