import { resourceRead } from '../../domain/resource/resource-events.ts';
import type { ResourceContents } from '../../domain/shared/content-block.ts';
import { InputRequired } from '../asking.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
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

interface Dependencies extends ResourceRegistries {
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Reads the resource's present content. @throws DomainError `resource.not-found` */
export function readResource({ events, nextStamp, ...registries }: Dependencies) {
  return async ({ uri }: ReadResource, context: RequestContext): Promise<ResourceReading> => {
    const resource = requireResource(registries, uri);
    const tell = (success: boolean) => {
      if (events.hears('ResourceRead', 'audit')) events.publish([resourceRead(uri, success, nextStamp())]);
    };
    try {
      const contents = await resource.read(context);
      tell(true);
      return { contents, ttlMs: resource.ttlMs };
    } catch (error) {
      if (!(error instanceof InputRequired)) tell(false);
      throw error;
    }
  };
}
