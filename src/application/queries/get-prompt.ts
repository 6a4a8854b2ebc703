import type { Prompt, PromptResult } from '../../domain/prompt/prompt.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { suggestionOf } from '../../domain/shared/nearest-name.ts';
import { shorten } from '../../domain/text/utf8.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';

export interface GetPrompt {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/** Writes a prompt. @throws DomainError `prompt.not-found`, `prompt.arguments-invalid` */
export function getPrompt({ prompts }: { readonly prompts: Registry<PromptDefinition> }) {
  return async (message: GetPrompt, context: RequestContext): Promise<PromptResult> => {
    const definition = prompts.find(message.name);
    if (!definition) throw promptNotFound(message.name);
    requireArguments(definition.prompt, message.arguments);
    return await definition.get(message.arguments, context);
  };
}

export function promptNotFound(name: string): DomainError {
  const prompt = name.slice(0, 140);
  return new DomainError('prompt.not-found', 'not-found', `There is no prompt "${prompt}"`, { prompt });
}

function requireArguments(prompt: Prompt, given: Readonly<Record<string, string>>): void {
  const missing = prompt.arguments.filter(({ name, required }) => required && !Object.hasOwn(given, name));
  const names = prompt.arguments.map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const problems = [
    ...missing.map(({ name }) => `"${name}" is required`),
    ...unknown.map(
      (name) => `"${shorten(name, 80)}" is no argument of this prompt${suggestionOf(name, names)}`,
    ),
  ];
  if (problems.length === 0) return;
  throw new DomainError(
    'prompt.arguments-invalid',
    'invalid',
    `The arguments of prompt "${prompt.name}" don't fit: ${problems.slice(0, 8).join('; ')}`,
  );
}
