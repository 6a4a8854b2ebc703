import { encodePage, pageRequest } from '../cursor.ts';
import { requireString } from '../params.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import { encodeResource, encodeResourceTemplate } from '../wire/encode-surface.ts';
import type { LegacyMethod } from './call.ts';

export const listResources: LegacyMethod = {
  needs: 'resources',
  run({ params, services, features, context }) {
    const page = services.application.queries.listResources(
      pageRequest('resources', params, services.pageSize),
      context.principal,
    );
    return encodePage('resources', page, (resource) => encodeResource(resource, features));
  },
};

export const listResourceTemplates: LegacyMethod = {
  needs: 'resources',
  run({ params, services, features, context }) {
    const request = pageRequest('resourceTemplates', params, services.pageSize);
    const page = services.application.queries.listResourceTemplates(request, context.principal);
    return encodePage('resourceTemplates', page, (template) => encodeResourceTemplate(template, features));
  },
};

export const readResource: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, features, context }) {
    const uri = requireString(params, 'uri');
    const { contents } = await services.application.queries.readResource({ uri }, context);
    return { contents: contents.map((content) => encodeResourceContents(content, features)) };
  },
};
