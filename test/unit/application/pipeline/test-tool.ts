import { Registry } from '../../../../src/application/registry.ts';
import type { ToolDefinition } from '../../../../src/application/tools/define/define-tool.ts';
import type { ToolCall } from '../../../../src/application/tools/tool-call.ts';
import { describeTool, type ToolDescription } from '../../../../src/domain/tool/tool.ts';
import { textResult } from '../../../../src/domain/tool/tool-result.ts';

/** A call of the registry's tool of this name, as the application resolves it. */
export const callOf = (tools: Registry<ToolDefinition>, name: string): ToolCall => ({
  name,
  arguments: {},
  definition: tools.find(name),
});

/** A registry of tools that differ in their limits only; what they do is the decorated use case's business. */
export function registryOf(
  ...tools: readonly (Pick<ToolDescription, 'name'> & Partial<ToolDescription>)[]
): Registry<ToolDefinition> {
  const registry = new Registry<ToolDefinition>('tool');
  for (const given of tools) {
    const tool = describeTool({
      title: given.name,
      description: 'For tests.',
      category: 'utility',
      tags: [],
      annotations: {
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
      inputSchema: () => ({ type: 'object' }),
      ...given,
    });
    registry.add(tool.name, { tool, run: () => textResult('') });
  }
  return registry;
}
