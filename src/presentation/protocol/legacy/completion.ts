import { decodeCompletion } from '../wire/decode-completion.ts';
import { encodeCompletion } from '../wire/encode-surface.ts';
import type { LegacyMethod } from './call.ts';

export const complete: LegacyMethod = {
  needs: 'completions',
  async run({ params, services, context }) {
    return encodeCompletion(
      await services.application.queries.completeArgument(decodeCompletion(params), context),
    );
  },
};
