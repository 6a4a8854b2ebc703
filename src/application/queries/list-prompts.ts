import type { Prompt } from '../../domain/prompt/prompt.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The prompts, always in the same order. @throws DomainError `cursor.invalid` */
export function listPrompts({ prompts }: { readonly prompts: Registry<PromptDefinition> }) {
  return (page: PageRequest): Page<Prompt> =>
    paginate(
      prompts.values().map(({ prompt }) => prompt),
      (prompt) => prompt.name,
      page,
    );
}
