import { encodePage, pageRequest } from '../cursor.ts';
import { requireString } from '../params.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import { encodeResource, encodeResourceTemplate } from '../wire/encode-surface.ts';
import type { ModernMethod } from './call.ts';
import { cacheable, LIST_TTL_MS } from './result.ts';
import { roundTrip } from './round-trip.ts';

export const listResources: ModernMethod = {
  needs: 'resources',
  run(call) {
    const { params, services, features } = call;
    const page = services.application.queries.listResources(
      pageRequest('resources', params, services.pageSize),
      call.caller.principal,
    );
    return cacheable(
      call,
      LIST_TTL_MS,
      encodePage('resources', page, (resource) => encodeResource(resource, features)),
    );
  },
};

export const listResourceTemplates: ModernMethod = {
  needs: 'resources',
  run(call) {
    const { params, services, features } = call;
    const request = pageRequest('resourceTemplates', params, services.pageSize);
    const page = services.application.queries.listResourceTemplates(request, call.caller.principal);
    const list = encodePage('resourceTemplates', page, (template) =>
      encodeResourceTemplate(template, features),
    );
    return cacheable(call, LIST_TTL_MS, list);
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
