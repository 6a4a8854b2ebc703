import { andThen } from '../../../application/eventual.ts';
import { optionalObject, requireString } from '../params.ts';
import { encodeToolResult } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { complete } from './result.ts';
import { roundTrip } from './round-trip.ts';

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
