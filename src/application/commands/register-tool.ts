import { toolRegistered } from '../../domain/tool/tool-events.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Registry } from '../registry.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';

interface Dependencies {
  readonly tools: Registry<ToolDefinition>;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Adds a tool to the surface. @throws DomainError `tool.exists` */
export function registerTool({ tools, events, nextStamp }: Dependencies) {
  return (definition: ToolDefinition): void => {
    tools.add(definition.tool.name, definition);
    if (events.hears('ToolRegistered', 'registration'))
      events.publish([toolRegistered(definition.tool, nextStamp())]);
  };
}
