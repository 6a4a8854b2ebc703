import { requireString } from '../params.ts';
import { encodeResourceContents } from '../wire/encode-content.ts';
import type { LegacyMethod } from './call.ts';

export const readResource: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, features, context }) {
    const uri = requireString(params, 'uri');
    const { contents } = await services.application.queries.readResource({ uri }, context);
    return { contents: contents.map((content) => encodeResourceContents(content, features)) };
  },
};
