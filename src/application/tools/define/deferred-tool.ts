import type { JsonObject } from '../../../domain/shared/json.ts';
import { describeTool, type ToolDescription } from '../../../domain/tool/tool.ts';
import { andThen, type Eventual } from '../../eventual.ts';
import type { ToolDefinition } from './define-tool.ts';

/** A tool's description as plain data: made beforehand, so that the tool can be listed before it is loaded. */
export interface FinishedDescription extends Omit<ToolDescription, 'inputSchema' | 'outputSchema'> {
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
}

/** A tool that is loaded when it is first called, and from then on called as if it had always been there. */
export function deferredTool(
  { inputSchema, outputSchema, ...description }: FinishedDescription,
  load: () => Eventual<ToolDefinition>,
): ToolDefinition {
  let loading: Eventual<ToolDefinition> | undefined;
  let loaded: ToolDefinition | undefined;
  return {
    tool: describeTool({
      ...description,
      inputSchema: () => inputSchema,
      ...(outputSchema && { outputSchema: () => outputSchema }),
    }),
    run(args, context) {
      if (loaded !== undefined) return loaded.run(args, context); // no promise on the way of what answers at once
      loading ??= load();
      return andThen(loading, (definition) => {
        loaded = definition;
        return definition.run(args, context);
      });
    },
  };
}
