import { isGranted } from '../../domain/policy/scope.ts';
import type { Prompt } from '../../domain/prompt/prompt.ts';
import type { PromptDefinition } from '../prompts/define-prompt.ts';
import type { Registry } from '../registry.ts';
import type { Principal } from '../request-context.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The prompts, always in the same order; none for a caller who may not use any. @throws DomainError `cursor.invalid` */
export function listPrompts({ prompts }: { readonly prompts: Registry<PromptDefinition> }) {
  return (page: PageRequest, { scopes }: Principal): Page<Prompt> =>
    paginate(
      isGranted('prompts:read', scopes) ? prompts.values().map(({ prompt }) => prompt) : [],
      (prompt) => prompt.name,
      page,
    );
}
