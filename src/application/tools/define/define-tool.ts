import * as v from 'valibot';
import { DomainError } from '../../../domain/shared/domain-error.ts';
import { isJsonObject, type JsonObject } from '../../../domain/shared/json.ts';
import { lazily } from '../../../domain/shared/lazily.ts';
import { describeTool, type Tool, type ToolDescription } from '../../../domain/tool/tool.ts';
import { errorResult, type ToolResult } from '../../../domain/tool/tool-result.ts';
import { andThen, type Eventual } from '../../eventual.ts';
import type { RequestContext } from '../../request-context.ts';
import { describeIssues } from './describe-issues.ts';
import { jsonSchemaOf, type Schema } from './json-schema.ts';
import { mendArguments } from './mend-arguments.ts';
import { outputCheck } from './output-check.ts';
import { unreadArgument } from './unread-arguments.ts';

/** A tool and what it does. */
export interface ToolDefinition {
  readonly tool: Tool;
  /** Checks the arguments and does the work; arguments that don't fit are an error result. */
  run(args: JsonObject, context: RequestContext): Eventual<ToolResult>;
}

export interface ToolSource<Input extends Schema>
  extends Omit<ToolDescription, 'inputSchema' | 'outputSchema'> {
  /** A strict object of described properties: closed, and plain at its root. */
  readonly input: Input;
  /** Schema of the structured result, if there is one. */
  readonly output?: Schema;
  /**
   * Optional arguments for which `""` is an error: taken for "left out" it would decide what becomes of a file, and that is
   * nobody's to guess.
   */
  readonly decisive?: readonly string[];
  /** Does the work. What it throws as a DomainError, the model reads. */
  handle(args: v.InferOutput<Input>, context: RequestContext): Eventual<ToolResult>;
}

/** Makes a tool of schemas and a handler. @throws DomainError for a name or description that no client would take */
export function defineTool<Input extends Schema>(source: ToolSource<Input>): ToolDefinition {
  const { input, output, decisive, handle, ...description } = source;
  const tool = describeTool({
    ...description,
    inputSchema: lazily(() => jsonSchemaOf(input, `${description.name}.input`)),
    ...(output && { outputSchema: lazily(() => jsonSchemaOf(output, `${description.name}.output`)) }),
  });
  let fits: ((value: unknown) => boolean) | undefined;
  return {
    tool,
    run(args, context) {
      let read = args;
      let parsed = v.safeParse(input, read);
      // Only what doesn't fit is read again: the arguments of most clients cost no second look.
      if (!parsed.success) {
        read = mendArguments(input, args, decisive);
        if (read !== args) parsed = v.safeParse(input, read);
      }
      if (!parsed.success) return unfit(describeIssues(tool.name, parsed.issues, input));
      const unread = unreadArgument(input, read);
      if (unread !== undefined) return unfit(`The arguments of "${tool.name}" don't fit: ${unread}`);
      const result = handle(parsed.output, context);
      if (output === undefined) return result;
      fits ??= outputCheck(output);
      const check = fits;
      return andThen(result, (finished) => requireOutput(tool.name, check, finished));
    },
  };
}

const unfit = (text: string) => errorResult(text, 'tool.arguments-invalid');

function requireOutput(name: string, fits: (value: unknown) => boolean, result: ToolResult): ToolResult {
  if (result.isError || (isJsonObject(result.structuredContent) && fits(result.structuredContent)))
    return result;
  throw new DomainError(
    'tool.output-invalid',
    'internal',
    `Tool "${name}" made a result that its own output schema refuses`,
  );
}
