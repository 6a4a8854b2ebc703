import { type SurfaceList, surfaceLists } from '../lists.ts';
import type { LegacyMethod } from './call.ts';
import { ping, shutdown } from './lifecycle.ts';
import { setLevel } from './logging.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { callTool, complete, getPrompt, readResource } from './surface.ts';

/** Every method within a session; `initialize`, which makes one, is the era's own. */
export const methods: ReadonlyMap<string, LegacyMethod> = new Map<string, LegacyMethod>([
  ['ping', ping],
  ['shutdown', shutdown],
  ['tools/call', callTool],
  ['resources/read', readResource],
  ['resources/subscribe', subscribe],
  ['resources/unsubscribe', unsubscribe],
  ['prompts/get', getPrompt],
  ['completion/complete', complete],
  ['logging/setLevel', setLevel],
  ...[...surfaceLists].map(([method, list]) => [method, listMethod(list)] as const),
]);

function listMethod({ needs, page }: SurfaceList): LegacyMethod {
  return { needs, run: (call) => page(call, call.context.principal) };
}
