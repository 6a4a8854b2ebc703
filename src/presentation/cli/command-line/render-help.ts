import { exitCodes } from '../failures/exit-codes.ts';
import { guides } from '../guide-names.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import type { Paint } from '../terminal/terminal.ts';
import type { OperandRow } from './command-row.ts';
import { type CommandName, commandNames, commands } from './command-table.ts';
import { globalOptions, type OptionName, options } from './option-table.ts';

const EXAMPLES = [
  ['tfo-mcp', 'serve, as MCP clients start it'],
  ['tfo-mcp validate', 'check the configuration'],
  ['tfo-mcp call echo message=hi', 'call a tool from the terminal'],
] as const;

/** The help of the whole program. */
export function renderHelp(paint: Paint): string {
  const exits = Object.entries(exitCodes).map(([name, code]) => `${code} ${name}`);
  return [
    'The TelemetryFlow MCP server: tools of this machine for AI clients.',
    '',
    'Usage: tfo-mcp [COMMAND] [OPTIONS]',
    ...section('Examples', EXAMPLES, paint),
    ...section(
      'Commands',
      commandNames.map((name) => [name, commands[name].summary]),
      paint,
    ),
    ...section('Guides', Object.entries(guides), paint),
    ...optionSection(globalOptions, paint),
    '',
    'Without a command it serves, unless its input is a terminal.',
    `Exit codes: ${exits.join(', ')}.`,
    'More about a command: tfo-mcp help COMMAND; a guide: tfo-mcp help GUIDE',
  ].join('\n');
}

/** The help of one command. */
export function renderCommandHelp(name: CommandName, paint: Paint): string {
  const { summary, operands, options: own, details, examples } = commands[name];
  const usage = ['tfo-mcp', name, ...operands.map(operandUsage), ...(own.length > 0 ? ['[OPTIONS]'] : [])];
  return [
    `${summary}.`,
    '',
    `Usage: ${usage.join(' ')}`,
    ...section('Examples', examples, paint),
    ...optionSection([...own, ...globalOptions], paint),
    ...(details.length > 0 ? ['', ...details] : []),
  ].join('\n');
}

function operandUsage({ name, required, repeated }: OperandRow): string {
  const usage = repeated ? `${name}...` : name;
  return required ? usage : `[${usage}]`;
}

function optionSection(names: readonly OptionName[], paint: Paint): readonly string[] {
  const rows = names.map((name) => {
    const { short, value, description } = options[name];
    const dashes = short === undefined ? `    --${name}` : `-${short}, --${name}`;
    return [value === undefined ? dashes : `${dashes} ${value}`, description];
  });
  return section('Options', rows, paint);
}

function section(heading: string, rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  return ['', paint('bold', `${heading}:`), ...alignColumns(rows).map((line) => `  ${line}`)];
}
