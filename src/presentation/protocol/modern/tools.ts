import { andThen } from '../../../application/eventual.ts';
import { encodePage, pageRequest } from '../cursor.ts';
import { optionalObject, requireString } from '../params.ts';
import { encodeTool, encodeToolResult } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { cacheable, complete, LIST_TTL_MS } from './result.ts';
import { roundTrip } from './round-trip.ts';

export const listTools: ModernMethod = {
  needs: 'tools',
  run(call) {
    const { params, services, features } = call;
    const page = services.application.queries.listTools(
      pageRequest('tools', params, services.pageSize),
      call.caller.principal,
    );
    return cacheable(
      call,
      LIST_TTL_MS,
      encodePage('tools', page, (tool) => encodeTool(tool, features)),
    );
  },
};

export const callTool: ModernMethod = {
  needs: 'tools',
  run(call) {
    const { params, services, features } = call;
    const message = { name: requireString(params, 'name'), arguments: optionalObject(params, 'arguments') };
    return roundTrip(call, ['tools/call', message.name, message.arguments], (context) =>
      andThen(services.application.commands.executeTool(message, context), (result) =>
        complete(call, encodeToolResult(result, features)),
      ),
    );
  },
};
