import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import { suggestion } from '../command-line/suggestion.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { argumentUsage, toolArguments } from '../tool-arguments.ts';
import type { CallArgument } from './call-argument.ts';
import { coerce } from './coerce.ts';

/** The arguments in the types that the tool wants. @throws UsageError for names that it doesn't know, if it is closed */
export function argumentsFor(tool: Tool, given: readonly CallArgument[]): JsonObject {
  const schemas = new Map(toolArguments(tool).map(({ name, schema }) => [name, schema]));
  const closed = tool.inputSchema()['additionalProperties'] === false;
  const entries = given.map((argument) => {
    const { key } = argument;
    const schema = schemas.get(key);
    if (schema === undefined && closed) throw unknownArgument(tool, key, schemas.keys());
    return [key, 'json' in argument ? argument.json : coerce(argument.text, schema ?? {})];
  });
  return Object.fromEntries(entries);
}

function unknownArgument(tool: Tool, key: string, known: Iterable<string>): UsageError {
  const usage = argumentUsage(toolArguments(tool)) || 'no arguments';
  return new UsageError(
    `"${tool.name}" has no argument "${key}"${suggestion(key, known)} (it takes ${usage})`,
    { command: 'call' },
  );
}
