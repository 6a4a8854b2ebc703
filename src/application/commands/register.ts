import { promptRegistered } from '../../domain/prompt/prompt-events.ts';
import { resourceRegistered } from '../../domain/resource/resource-events.ts';
import { toolRegistered } from '../../domain/tool/tool-events.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { ResourceDefinition, ResourceTemplateDefinition } from '../resources/define-resource.ts';
import type { ResourceRegistries } from '../resources/resource-registries.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';

/** Tells who listens that something was registered. */
interface Telling {
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Adds a tool to the surface. @throws DomainError `tool.exists` */
export function registerTool({
  tools,
  events,
  nextStamp,
}: Telling & { readonly tools: Registry<ToolDefinition> }) {
  return (definition: ToolDefinition): void => {
    tools.add(definition.tool.name, definition);
    if (events.hears('ToolRegistered', 'registration'))
      events.publish([toolRegistered(definition.tool, nextStamp())]);
  };
}

/** Adds a resource, or a family of them, to the surface. @throws DomainError `resource.exists` */
export function registerResource({
  resources,
  resourceTemplates,
  events,
  nextStamp,
}: Telling & ResourceRegistries) {
  return (definition: ResourceDefinition | ResourceTemplateDefinition): void => {
    const uri = 'resource' in definition ? definition.resource.uri : definition.template.uriTemplate;
    if ('resource' in definition) resources.add(uri, definition);
    else resourceTemplates.add(uri, definition);
    if (events.hears('ResourceRegistered', 'registration'))
      events.publish([resourceRegistered(uri, nextStamp())]);
  };
}

/** Adds a prompt to the surface. @throws DomainError `prompt.exists` */
export function registerPrompt({
  prompts,
  events,
  nextStamp,
}: Telling & { readonly prompts: Registry<PromptDefinition> }) {
  return (definition: PromptDefinition): void => {
    prompts.add(definition.prompt.name, definition);
    if (events.hears('PromptRegistered', 'registration'))
      events.publish([promptRegistered(definition.prompt.name, nextStamp())]);
  };
}
