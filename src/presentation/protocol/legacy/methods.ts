import type { LegacyMethod } from './call.ts';
import { complete } from './completion.ts';
import { ping, shutdown } from './lifecycle.ts';
import { setLevel } from './logging.ts';
import { getPrompt, listPrompts } from './prompts.ts';
import { listResources, listResourceTemplates, readResource } from './resources.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { callTool, listTools } from './tools.ts';

/** Every method within a session; `initialize`, which makes one, is the era's own. */
export const methods: ReadonlyMap<string, LegacyMethod> = new Map([
  ['ping', ping],
  ['shutdown', shutdown],
  ['tools/list', listTools],
  ['tools/call', callTool],
  ['resources/list', listResources],
  ['resources/templates/list', listResourceTemplates],
  ['resources/read', readResource],
  ['resources/subscribe', subscribe],
  ['resources/unsubscribe', unsubscribe],
  ['prompts/list', listPrompts],
  ['prompts/get', getPrompt],
  ['completion/complete', complete],
  ['logging/setLevel', setLevel],
]);
