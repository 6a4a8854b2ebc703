import { optionalStrings, requireString } from '../params.ts';
import { encodePromptResult } from '../wire/encode-surface.ts';
import type { LegacyMethod } from './call.ts';

export const getPrompt: LegacyMethod = {
  needs: 'prompts',
  async run({ params, services, features, context }) {
    const message = { name: requireString(params, 'name'), arguments: optionalStrings(params, 'arguments') };
    return encodePromptResult(await services.application.queries.getPrompt(message, context), features);
  },
};
