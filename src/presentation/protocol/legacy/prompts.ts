import { encodePage, pageRequest } from '../cursor.ts';
import { optionalStrings, requireString } from '../params.ts';
import { encodePrompt, encodePromptResult } from '../wire/encode-surface.ts';
import type { LegacyMethod } from './call.ts';

export const listPrompts: LegacyMethod = {
  needs: 'prompts',
  run({ params, services, features, context }) {
    const page = services.application.queries.listPrompts(
      pageRequest('prompts', params, services.pageSize),
      context.principal,
    );
    return encodePage('prompts', page, (prompt) => encodePrompt(prompt, features));
  },
};

export const getPrompt: LegacyMethod = {
  needs: 'prompts',
  async run({ params, services, features, context }) {
    const message = { name: requireString(params, 'name'), arguments: optionalStrings(params, 'arguments') };
    return encodePromptResult(await services.application.queries.getPrompt(message, context), features);
  },
};
