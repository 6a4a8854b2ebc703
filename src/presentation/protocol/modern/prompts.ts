import { optionalStrings, requireString } from '../params.ts';
import { encodePromptResult } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { complete } from './result.ts';
import { roundTrip } from './round-trip.ts';

export const getPrompt: ModernMethod = {
  needs: 'prompts',
  run(call) {
    const { params, services, features } = call;
    const message = { name: requireString(params, 'name'), arguments: optionalStrings(params, 'arguments') };
    return roundTrip(call, ['prompts/get', message.name, message.arguments], async (context) =>
      complete(
        call,
        encodePromptResult(await services.application.queries.getPrompt(message, context), features),
      ),
    );
  },
};
