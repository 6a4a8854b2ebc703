import { promptRegistered } from '../../domain/prompt/prompt-events.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Occurrences } from '../occurrences.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';

interface Dependencies {
  readonly prompts: Registry<PromptDefinition>;
  readonly events: EventBus;
  readonly occur: Occurrences;
}

/** Adds a prompt to the surface. @throws DomainError `prompt.exists` */
export function registerPrompt({ prompts, events, occur }: Dependencies) {
  return (definition: PromptDefinition): void => {
    prompts.add(definition.prompt.name, definition);
    if (events.hears('PromptRegistered', 'registration'))
      events.publish([promptRegistered(definition.prompt.name, occur())]);
  };
}
