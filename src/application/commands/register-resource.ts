import { resourceRegistered } from '../../domain/resource/resource-events.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ResourceDefinition, ResourceTemplateDefinition } from '../resources/define-resource.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';

interface Dependencies extends ResourceRegistries {
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Adds a resource, or a family of them, to the surface. @throws DomainError `resource.exists` */
export function registerResource({ resources, resourceTemplates, events, nextStamp }: Dependencies) {
  return (definition: ResourceDefinition | ResourceTemplateDefinition): void => {
    const uri = 'resource' in definition ? definition.resource.uri : definition.template.uriTemplate;
    if ('resource' in definition) resources.add(uri, definition);
    else resourceTemplates.add(uri, definition);
    if (events.hears('ResourceRegistered', 'registration'))
      events.publish([resourceRegistered(uri, nextStamp())]);
  };
}
