import { encodePage, pageRequest } from '../cursor.ts';
import { optionalStrings, requireString } from '../params.ts';
import { encodePrompt, encodePromptResult } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { cacheable, complete, LIST_TTL_MS } from './result.ts';
import { roundTrip } from './round-trip.ts';

export const listPrompts: ModernMethod = {
  needs: 'prompts',
  run(call) {
    const { params, services, features } = call;
    const page = services.application.queries.listPrompts(
      pageRequest('prompts', params, services.pageSize),
      call.caller.principal,
    );
    return cacheable(
      call,
      LIST_TTL_MS,
      encodePage('prompts', page, (prompt) => encodePrompt(prompt, features)),
    );
  },
};

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
