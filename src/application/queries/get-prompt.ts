import type { Prompt, PromptResult } from '../../domain/prompt/prompt.ts';
import { promptExecuted } from '../../domain/prompt/prompt-events.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { shorten } from '../../domain/text/utf8.ts';
import { InputRequired } from '../asking.ts';
import type { NextStamp } from '../event-stamps.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';

export interface GetPrompt {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
}

interface Dependencies {
  readonly prompts: Registry<PromptDefinition>;
  readonly events: EventBus;
  readonly nextStamp: NextStamp;
}

/** Writes a prompt. @throws DomainError `prompt.not-found`, `prompt.arguments-invalid` */
export function getPrompt({ prompts, events, nextStamp }: Dependencies) {
  return async (message: GetPrompt, context: RequestContext): Promise<PromptResult> => {
    const definition = prompts.find(message.name);
    if (!definition) throw promptNotFound(message.name);
    requireArguments(definition.prompt, message.arguments);
    const tell = (success: boolean) => {
      if (events.hears('PromptExecuted', 'audit'))
        events.publish([promptExecuted(message.name, success, nextStamp())]);
    };
    try {
      const result = await definition.get(message.arguments, context);
      tell(true);
      return result;
    } catch (error) {
      if (!(error instanceof InputRequired)) tell(false);
      throw error;
    }
  };
}

export function promptNotFound(name: string): DomainError {
  const prompt = name.slice(0, 140);
  return new DomainError('prompt.not-found', 'not-found', `There is no prompt "${prompt}"`, { prompt });
}

function requireArguments(prompt: Prompt, given: Readonly<Record<string, string>>): void {
  const missing = prompt.arguments.filter(({ name, required }) => required && !Object.hasOwn(given, name));
  const unknown = Object.keys(given).filter((name) => !prompt.arguments.some((known) => known.name === name));
  const problems = [
    ...missing.map(({ name }) => `"${name}" is required`),
    ...unknown.map((name) => `"${shorten(name, 80)}" is no argument of this prompt`),
  ];
  if (problems.length === 0) return;
  throw new DomainError(
    'prompt.arguments-invalid',
    'invalid',
    `The arguments of prompt "${prompt.name}" don't fit: ${problems.slice(0, 8).join('; ')}`,
  );
}
