import { isLogLevel, logLevels, nearestLevel } from '../../../domain/session/log-level.ts';
import { suggest } from '../../../domain/shared/nearest-name.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import { invalidParams } from '../../jsonrpc/rpc-error.ts';
import { type SurfaceList, surfaceLists } from '../lists.ts';
import { requireString } from '../params.ts';
import type { LegacyMethod } from './call.ts';
import { ping, shutdown } from './lifecycle.ts';
import { callTool, completeArgument, getPrompt, readResource } from './surface.ts';

const subscribe: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, session, context, remember }) {
    const uri = requireString(params, 'uri');
    const { subscribeResource } = services.application.commands;
    remember(await subscribeResource({ sessionId: session.id, uri }, context));
    return {};
  },
};

const unsubscribe: LegacyMethod = {
  needs: 'resources',
  async run({ params, services, session, remember }) {
    const uri = requireString(params, 'uri');
    remember(await services.application.commands.unsubscribeResource({ sessionId: session.id, uri }));
    return {};
  },
};

const setLevel: LegacyMethod = {
  needs: 'logging',
  async run({ params, services, session, remember }) {
    const level = requireString(params, 'level');
    if (!isLogLevel(level)) {
      const near = nearestLevel(level);
      const hint = near === undefined ? '' : suggest(near);
      throw invalidParams(
        `Expected "level" to be one of ${logLevels.join(', ')}, got "${shorten(level, 80)}"${hint}`,
      );
    }
    remember(await services.application.commands.setLogLevel({ sessionId: session.id, level }));
    return {};
  },
};

/** Every method within a session; `initialize`, which makes one, is the era's own. */
export const methods: ReadonlyMap<string, LegacyMethod> = new Map<string, LegacyMethod>([
  ['ping', ping],
  ['shutdown', shutdown],
  ['tools/call', callTool],
  ['resources/read', readResource],
  ['resources/subscribe', subscribe],
  ['resources/unsubscribe', unsubscribe],
  ['prompts/get', getPrompt],
  ['completion/complete', completeArgument],
  ['logging/setLevel', setLevel],
  ...[...surfaceLists].map(([method, list]) => [method, listMethod(list)] as const),
]);

function listMethod({ needs, page }: SurfaceList): LegacyMethod {
  return { needs, run: (call) => page(call, call.context.principal) };
}
