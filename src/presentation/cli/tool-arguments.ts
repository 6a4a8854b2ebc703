import { isJsonObject, type JsonObject } from '../../domain/shared/json.ts';
import type { Tool } from '../../domain/tool/tool.ts';

/** An argument of a tool or a prompt. */
export interface NamedArgument {
  readonly name: string;
  readonly required: boolean;
}

/** An argument of a tool, as its input schema says. */
interface ToolArgument extends NamedArgument {
  /** Its JSON Schema. */
  readonly schema: JsonObject;
}

/** A tool's arguments in the order of its schema. */
export function toolArguments(tool: Tool): readonly ToolArgument[] {
  const { properties, required } = tool.inputSchema();
  if (!isJsonObject(properties)) return [];
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: names.includes(name),
    schema: isJsonObject(schema) ? schema : {},
  }));
}

/** Arguments as the help writes operands: `message=... [limit=...]`. */
export function argumentUsage(args: readonly NamedArgument[]): string {
  return args.map(({ name, required }) => (required ? `${name}=...` : `[${name}=...]`)).join(' ');
}
