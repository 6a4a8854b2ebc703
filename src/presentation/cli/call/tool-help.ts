import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import type { Tool } from '../../../domain/tool/tool.ts';
import type { Paint } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { argumentUsage, type ToolArgument, toolArguments, typeOf, typesOf } from '../tool-arguments.ts';

/** Arguments as somebody would type them. */
const EXAMPLES: Readonly<Record<string, string>> = {
  echo: 'message=hi',
  read_file: 'path=notes.txt',
  write_file: 'path=notes.txt content=@draft.txt',
  list_directory: 'path=. recursive=true',
  search_files: "path=. pattern='*.md' content=TODO",
  execute_command: `argv:='["ls","-l"]'`,
  claude_conversation: "message='What is MCP?'",
};

const INDENT = '      ';

/** The help of one tool: what it does, its arguments, and a line to type. */
export function renderToolHelp(tool: Tool, { columns, paint }: { columns: number; paint: Paint }): string {
  const args = toolArguments(tool);
  const usage = `Usage: tfo-mcp call ${tool.name} ${argumentUsage(args)}`.trimEnd();
  return [
    ...wrapText(tool.description, columns),
    '',
    ...wrapText(usage, columns, '  '),
    '',
    paint('bold', 'Example:'),
    `  ${['tfo-mcp call', tool.name, exampleOf(tool.name, args)].join(' ').trimEnd()}`,
    '',
    paint('bold', 'Arguments:'),
    ...(args.length === 0 ? ['  none'] : args.flatMap((argument) => describe(argument, columns))),
    '',
    ...wrapText(
      'More about writing arguments, and the options: tfo-mcp help call. All as one JSON object: tfo-mcp call ' +
        `${tool.name} '{...}'.`,
      columns,
    ),
  ].join('\n');
}

function describe({ name, required, schema }: ToolArgument, columns: number): readonly string[] {
  const facts = [kindOf(schema), ...(required ? ['required'] : [])].join(', ');
  const { description, default: byDefault } = schema;
  const text = typeof description === 'string' ? description : '';
  const told = byDefault === undefined || text.includes('(default') ? '' : ` (default: ${shown(byDefault)})`;
  return [
    ...wrapText(`  ${name}  ${facts}`, columns, INDENT),
    ...(text + told === '' ? [] : wrapText(`${INDENT}${text}${told}`, columns, INDENT)),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list, as JSON',
  object: 'object, as JSON',
  null: 'nothing',
};

function kindOf(schema: JsonObject): string {
  const { enum: choices } = schema;
  if (Array.isArray(choices)) return `one of ${choices.map(shown).join(', ')}`;
  const kinds = [...typesOf(schema)].map((type) => KINDS[type] ?? type).join(' or ') || 'anything';
  return `${kinds}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum }: JsonObject): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${shown(minimum)} to ${shown(maximum)}`;
  if (minimum !== undefined) return `, ${shown(minimum)} or more`;
  return maximum === undefined ? '' : `, at most ${shown(maximum)}`;
}

const shown = (value: JsonValue | undefined) => (typeof value === 'string' ? value : JSON.stringify(value));

function exampleOf(tool: string, args: readonly ToolArgument[]): string {
  if (Object.hasOwn(EXAMPLES, tool)) return EXAMPLES[tool] ?? '';
  return args
    .filter(({ required }) => required)
    .map(({ name, schema }) => `${name}${valueFor(schema)}`)
    .join(' ');
}

function valueFor(schema: JsonObject): string {
  const { enum: choices, minimum = 1 } = schema;
  if (Array.isArray(choices)) return `=${shown(choices[0])}`;
  const types = typesOf(schema);
  if (types.has('string')) return '=TEXT';
  if (types.has('boolean')) return '=true';
  if (types.has('array')) return `:='["TEXT"]'`;
  return types.has('object')
    ? `:='{"NAME":"VALUE"}'`
    : `=${typeOf(minimum) === 'number' ? shown(minimum) : 1}`;
}
