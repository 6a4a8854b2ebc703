import { andThen } from '../../../application/eventual.ts';
import { optionalObject, optionalStrings, requireString } from '../params.ts';
import { decodeCompletion } from '../wire/decode-completion.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import { encodeCompletion, encodePromptResult, encodeToolResult } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { ModernContext } from './context.ts';
import { cacheable, completeResult } from './result.ts';
import { roundTrip } from './round-trip.ts';

export const callTool: ModernMethod = {
  needs: 'tools',
  run(call) {
    const { params, services, features } = call;
    const message = { name: requireString(params, 'name'), arguments: optionalObject(params, 'arguments') };
    return roundTrip(call, ['tools/call', message.name, message.arguments], (context) =>
      andThen(services.application.commands.executeTool(message, context), (result) =>
        completeResult(call, encodeToolResult(result, features)),
      ),
    );
  },
};

export const readResource: ModernMethod = {
  needs: 'resources',
  run(call) {
    const { params, services, features } = call;
    const uri = requireString(params, 'uri');
    return roundTrip(call, ['resources/read', uri], async (context) => {
      const { contents, ttlMs } = await services.application.queries.readResource({ uri }, context);
      return cacheable(call, ttlMs, {
        contents: contents.map((content) => encodeResourceContents(content, features)),
      });
    });
  },
};

export const getPrompt: ModernMethod = {
  needs: 'prompts',
  run(call) {
    const { params, services, features } = call;
    const message = { name: requireString(params, 'name'), arguments: optionalStrings(params, 'arguments') };
    return roundTrip(call, ['prompts/get', message.name, message.arguments], async (context) =>
      completeResult(
        call,
        encodePromptResult(await services.application.queries.getPrompt(message, context), features),
      ),
    );
  },
};

export const completeArgument: ModernMethod = {
  needs: 'completions',
  async run(call) {
    const message = decodeCompletion(call.params);
    const completion = await call.services.application.queries.completeArgument(
      message,
      new ModernContext(call),
    );
    return completeResult(call, encodeCompletion(completion));
  },
};
