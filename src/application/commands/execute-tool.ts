import { DomainError } from '../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import { CAPABILITY_MISSING, Unanswered } from '../asking.ts';
import { type Eventual, orElse } from '../eventual.ts';
import type { Registry } from '../registry.ts';
import type { RequestContext } from '../request-context.ts';
import type { ToolDefinition } from '../tools/define-tool.ts';

export interface ExecuteTool {
  readonly name: string;
  readonly arguments: JsonObject;
}

/**
 * Runs a tool. What the tool refuses or fails at comes back as an error result, which a model can act on.
 * @throws DomainError `tool.not-found`, `client.capability-missing`, and those of kind `internal`
 */
export function executeTool({ tools }: { readonly tools: Registry<ToolDefinition> }) {
  return (message: ExecuteTool, context: RequestContext): Eventual<ToolResult> => {
    const definition = requireTool(tools, message.name);
    return orElse(() => definition.run(message.arguments, context), failureAsResult);
  };
}

/** @throws DomainError `tool.not-found` */
function requireTool(tools: Registry<ToolDefinition>, name: string): ToolDefinition {
  const definition = tools.find(name);
  if (definition) return definition;
  throw new DomainError('tool.not-found', 'not-found', `There is no tool "${name.slice(0, 140)}"`, {
    tool: name.slice(0, 140),
  });
}

/** A refusal with a name is a result; a question, a missing capability and the unforeseen go on up. */
function failureAsResult(error: unknown): ToolResult {
  if (error instanceof Unanswered || !(error instanceof DomainError)) throw error;
  if (error.code === CAPABILITY_MISSING || error.kind === 'internal') throw error;
  return errorResult(error.message);
}
