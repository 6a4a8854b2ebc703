import { requireString } from '../params.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import type { ModernMethod } from './call.ts';
import { cacheable } from './result.ts';
import { roundTrip } from './round-trip.ts';

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
