import { DomainError } from '../../domain/shared/domain-error.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { errorResult, type ToolResult } from '../../domain/tool/tool-result.ts';
import { ANSWER_INVALID, CAPABILITY_MISSING, InputRequired } from '../asking.ts';
import { type Eventual, orElse } from '../eventual.ts';
import type { NoteFailure } from '../note-failure.ts';
import type { RequestContext } from '../request-context.ts';
import type { ToolCall } from '../tools/tool-call.ts';

export interface ExecuteTool {
  readonly name: string;
  readonly arguments: JsonObject;
}

/**
 * Runs a tool. What the tool refuses or fails at comes back as an error result, which a model can act on.
 * @throws DomainError `tool.not-found`, `client.capability-missing`, `client.answer-invalid`, and those of kind `internal`
 */
export function executeTool({ noteFailure }: { readonly noteFailure: NoteFailure }) {
  return ({ name, definition, ...call }: ToolCall, context: RequestContext): Eventual<ToolResult> => {
    if (definition === undefined) throw toolNotFound(name);
    return orElse(
      () => definition.run(call.arguments, context),
      (error) => {
        if (error instanceof DomainError) return refusalAsResult(error);
        if (error instanceof InputRequired || context.signal.aborted) throw error;
        const correlationId = noteFailure(error, name);
        return errorResult(
          `"${name}" failed unexpectedly; the log has it as ${correlationId}`,
          'call.unforeseen',
        );
      },
    );
  };
}

export function toolNotFound(name: string): DomainError {
  const tool = name.slice(0, 140);
  return new DomainError('tool.not-found', 'not-found', `There is no tool "${tool}"`, { tool });
}

/** Lets pass the refusals that the client has to hear as errors of the protocol. */
function refusalAsResult(error: DomainError): ToolResult {
  if (error.code === CAPABILITY_MISSING || error.code === ANSWER_INVALID || error.kind === 'internal')
    throw error;
  return errorResult(error.message, error.code);
}
