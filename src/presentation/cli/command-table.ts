/** An option, under its long name. */
export interface OptionRow {
  readonly short?: string;
  /** Stands for the value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Why there are no other choices. */
  readonly remark?: string;
  readonly description: string;
  /** The setting that it gives, `section.key`. */
  readonly setting?: string;
}

/** What stands behind the command, by its place. */
export interface OperandRow {
  readonly name: string;
  readonly required: boolean;
  /** Only the last operand can be. */
  readonly repeated: boolean;
}

export interface CommandRow {
  /** What it does, in the imperative. */
  readonly summary: string;
  readonly operands: readonly OperandRow[];
  readonly options: readonly OptionName[];
  /** Lines at the end of the help. */
  readonly details: readonly string[];
  /** What to type, and what it does. */
  readonly examples: readonly (readonly [typed: string, does: string])[];
}

const optionRows = {
  transport: {
    value: 'NAME',
    choices: ['stdio'],
    remark: 'the only transport that this version serves',
    description: 'How clients reach the server: stdio',
    setting: 'server.transport',
  },
  config: {
    short: 'c',
    value: 'FILE',
    description: 'Configuration file to use instead of the one found',
  },
  'log-level': {
    value: 'LEVEL',
    choices: ['debug', 'info', 'warn', 'error'],
    description: 'Log from this level up: debug, info, warn or error',
    setting: 'logging.level',
  },
  debug: { short: 'd', description: 'Log everything, as --log-level debug does', setting: 'server.debug' },
  json: { description: 'Print JSON, for programs' },
  help: { short: 'h', description: 'Show this help' },
  version: { short: 'V', description: 'Show version, commit, runtime and platform' },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof optionRows;

/** Every option, in the order of the help. */
export const options: Readonly<Record<OptionName, OptionRow>> = optionRows;

/** Options that go with every command. */
export const globalOptions = ['help', 'version'] as const satisfies readonly OptionName[];

const commandRows = {
  serve: {
    summary: 'Serve an MCP client on stdin and stdout',
    operands: [],
    options: ['transport', 'config', 'log-level', 'debug'],
    details: [
      'MCP clients start this themselves: their configuration needs only the path of',
      'tfo-mcp. It ends with its input, at SIGTERM or Ctrl-C, and with its parent.',
    ],
    examples: [
      ['tfo-mcp serve', 'serve on stdio'],
      ['tfo-mcp serve --config team.yaml', 'with this configuration'],
    ],
  },
  validate: {
    summary: 'Check the configuration',
    operands: [],
    options: ['config', 'log-level', 'debug', 'json'],
    details: ['Names all problems at once, each with its place; ends with 78 if there are any.'],
    examples: [
      ['tfo-mcp validate', 'check what the server would start with'],
      ['tfo-mcp validate --config team.yaml', 'check this file'],
    ],
  },
  config: {
    summary: 'Show the effective configuration and where each value comes from',
    operands: [],
    options: ['config', 'log-level', 'debug', 'json'],
    details: [
      'Flags come before environment variables, these before the file, and the file',
      'before the defaults. Secrets are masked. Unless --config or TFO_MCP_CONFIG names',
      'it, the file is tfo-mcp/tfo-mcp.yaml in your configuration folder (~/.config) or',
      'in /etc; one in the working directory is never read unasked.',
    ],
    examples: [
      ['tfo-mcp config', 'as a table'],
      ['tfo-mcp config --json', 'for programs'],
    ],
  },
  info: {
    summary: 'Show version, protocol revisions, tools, resources and prompts',
    operands: [],
    options: ['config', 'log-level', 'debug', 'json'],
    details: ['With --json, tools come with the schemas of their arguments.'],
    examples: [
      ['tfo-mcp info', 'what this server offers'],
      ['tfo-mcp info --json', 'for programs'],
    ],
  },
  call: {
    summary: 'Call a tool once, as a client would',
    operands: [
      { name: 'TOOL', required: true, repeated: false },
      { name: 'KEY=VALUE', required: false, repeated: true },
    ],
    options: ['config', 'log-level', 'debug', 'json'],
    details: [
      'tfo-mcp info lists the tools and their arguments. A value becomes what the tool',
      'wants: a number, true or false, or JSON for lists and objects; KEY:=JSON is',
      'taken as it is. Text that the tool returns goes to stdout, everything else to',
      'stderr; --json prints the whole result.',
    ],
    examples: [
      ['tfo-mcp call echo message=hi', 'call a tool with an argument'],
      ['tfo-mcp call system_info', 'facts about this machine'],
      [`tfo-mcp call echo message:='"hi"'`, 'an argument given as JSON'],
    ],
  },
  help: {
    summary: 'Show help, or the help of a command',
    operands: [{ name: 'COMMAND', required: false, repeated: false }],
    options: [],
    details: [],
    examples: [['tfo-mcp help call', 'the same as tfo-mcp call --help']],
  },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandRows;

/** Every command, in the order of the help: what drives parsing and help alike. */
export const commands: Readonly<Record<CommandName, CommandRow>> = commandRows;

export const commandNames = Object.keys(commandRows) as readonly CommandName[];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
