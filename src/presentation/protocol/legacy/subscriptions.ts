import { requireString } from '../params.ts';
import type { LegacyMethod } from './call.ts';

export const subscribe: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, session, context, remember }) {
    const uri = requireString(params, 'uri');
    const { subscribeResource } = services.application.commands;
    remember(await subscribeResource({ sessionId: session.id, uri }, context));
    return {};
  },
};

export const unsubscribe: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, session, remember }) {
    const uri = requireString(params, 'uri');
    remember(await services.application.commands.unsubscribeResource({ sessionId: session.id, uri }));
    return {};
  },
};
