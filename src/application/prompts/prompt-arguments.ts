import { languageName } from '../../domain/prompt/code-fence.ts';
import type { PromptArgument } from '../../domain/prompt/prompt.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { completeFrom } from '../completer.ts';
import { languages } from './languages.ts';

export type GivenArguments = Readonly<Record<string, string>>;

export const codeArgument = (description: string): PromptArgument => ({
  name: 'code',
  title: 'Code',
  description,
  required: true,
});

export const languageArgument: PromptArgument = {
  name: 'language',
  title: 'Language',
  description: 'Programming language of the code, such as "typescript"',
  required: false,
};

export const completeLanguage = completeFrom(languages);

/** The text of a required argument. @throws DomainError `prompt.arguments-invalid` when there is nothing in it */
export function requireText(args: GivenArguments, name: string): string {
  const text = args[name] ?? '';
  if (text.trim() !== '') return text;
  throw argumentsInvalid(`Expected "${name}" to have some text, got none`);
}

/** Words for the code: "this TypeScript code", or "this code" where no language was named. */
export function describedCode(args: GivenArguments): { language: string | undefined; phrase: string } {
  const language = languageName(args['language']);
  return { language, phrase: language === undefined ? 'this code' : `this ${language} code` };
}

export function argumentsInvalid(message: string): DomainError {
  return new DomainError('prompt.arguments-invalid', 'invalid', message);
}
