import type { ModernMethod } from './call.ts';
import { completeArgument } from './completion.ts';
import { discover } from './lifecycle.ts';
import { getPrompt, listPrompts } from './prompts.ts';
import { listResources, listResourceTemplates, readResource } from './resources.ts';
import { listen } from './subscriptions.ts';
import { callTool, listTools } from './tools.ts';

/** Every method of this era. */
export const methods: ReadonlyMap<string, ModernMethod> = new Map([
  ['server/discover', discover],
  ['subscriptions/listen', listen],
  ['tools/list', listTools],
  ['tools/call', callTool],
  ['resources/list', listResources],
  ['resources/templates/list', listResourceTemplates],
  ['resources/read', readResource],
  ['prompts/list', listPrompts],
  ['prompts/get', getPrompt],
  ['completion/complete', completeArgument],
]);
