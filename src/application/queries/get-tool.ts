import { isGranted, scopeOfTool } from '../../domain/policy/scope.ts';
import type { Tool } from '../../domain/tool/tool.ts';
import type { Registry } from '../registry.ts';
import type { Principal } from '../request-context.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';

export interface GetTool {
  readonly name: string;
}

/** The tool of this name; undefined when there is none that this caller may use. */
export function getTool({ tools }: { readonly tools: Registry<ToolDefinition> }) {
  return ({ name }: GetTool, { scopes }: Principal): Tool | undefined => {
    const tool = tools.find(name)?.tool;
    return tool && isGranted(scopeOfTool(tool), scopes) ? tool : undefined;
  };
}
