import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Tool } from '../../domain/tool/tool.ts';

/** An argument of a tool or a prompt. */
export interface NamedArgument {
  readonly name: string;
  readonly required: boolean;
}

/** An argument of a tool, as its input schema says. */
export interface ToolArgument extends NamedArgument {
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

/** The types that a schema takes, those of its alternatives and of its listed values included. */
export function typesOf(schema: JsonObject): ReadonlySet<string> {
  const named = listOf(schema['type']).filter((type) => typeof type === 'string');
  const alternatives = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(isJsonObject);
  const values = [...listOf(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  return new Set([...named, ...alternatives.flatMap((one) => [...typesOf(one)]), ...values.map(typeOf)]);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as JsonValue];
}

/** The type of a value, as JSON Schema names it, but that whole numbers are numbers. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
