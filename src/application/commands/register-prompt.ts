import { promptRegistered } from '../../domain/prompt/prompt-events.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';

interface Dependencies {
  readonly prompts: Registry<PromptDefinition>;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Adds a prompt to the surface. @throws DomainError `prompt.exists` */
export function registerPrompt({ prompts, events, nextStamp }: Dependencies) {
  return (definition: PromptDefinition): void => {
    prompts.add(definition.prompt.name, definition);
    if (events.hears('PromptRegistered', 'registration'))
      events.publish([promptRegistered(definition.prompt.name, nextStamp())]);
  };
}
