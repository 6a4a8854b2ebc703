import { decodeCompletion } from '../wire/decode-completion.ts';
import { encodeCompletion } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { ModernContext } from './context.ts';
import { complete } from './result.ts';

export const completeArgument: ModernMethod = {
  needs: 'completions',
  async run(call) {
    const message = decodeCompletion(call.params);
    const completion = await call.services.application.queries.completeArgument(
      message,
      new ModernContext(call),
    );
    return complete(call, encodeCompletion(completion));
  },
};
