import { declareCapabilities } from '../capabilities.ts';
import { type SurfaceList, surfaceLists } from '../lists.ts';
import { supportedVersions } from '../revisions.ts';
import { encodeServer } from '../wire/encode-server.ts';
import type { ModernMethod } from './call.ts';
import { cacheable, LIST_TTL_MS, SERVER_INFO } from './result.ts';
import { listen } from './subscriptions.ts';
import { callTool, completeArgument, getPrompt, readResource } from './surface.ts';

const discover: ModernMethod = {
  run(call) {
    const { services, features } = call;
    return cacheable(call, LIST_TTL_MS, {
      supportedVersions,
      capabilities: declareCapabilities(services.application, features),
      instructions: services.server.instructions,
      _meta: { [SERVER_INFO]: encodeServer(services.server, features) },
    });
  },
};

/** Every method of this era. */
export const methods: ReadonlyMap<string, ModernMethod> = new Map<string, ModernMethod>([
  ['server/discover', discover],
  ['subscriptions/listen', listen],
  ['tools/call', callTool],
  ['resources/read', readResource],
  ['prompts/get', getPrompt],
  ['completion/complete', completeArgument],
  ...[...surfaceLists].map(([method, list]) => [method, listMethod(list)] as const),
]);

function listMethod({ needs, page }: SurfaceList): ModernMethod {
  return { needs, run: (call) => cacheable(call, LIST_TTL_MS, page(call, call.caller.principal)) };
}
