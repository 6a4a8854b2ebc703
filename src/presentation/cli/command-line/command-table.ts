/** An option, under its long name. */
export interface OptionRow {
  readonly short?: string;
  /** Stands for the value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly description: string;
  /** Can be given more than once, and each counts. */
  readonly repeated?: true;
  /** The setting that it gives, `section.key`; to a list, it adds. */
  readonly setting?: string;
}

/** The operand behind the command, by its place. */
export interface OperandRow {
  readonly name: string;
  readonly required: boolean;
  /** Only the last operand can be. */
  readonly repeated: boolean;
}

export interface CommandRow {
  /** The effect of the command, in the imperative. */
  readonly summary: string;
  readonly operands: readonly OperandRow[];
  readonly options: readonly OptionName[];
  /** Lines at the end of the help. */
  readonly details: readonly string[];
  /** Lines to type, and their effects. */
  readonly examples: readonly (readonly [typed: string, does: string])[];
}

const optionRows = {
  transport: {
    value: 'NAME',
    description: 'Either stdio, or a list of http,sse,websocket',
    setting: 'server.transport',
  },
  host: {
    value: 'HOST',
    description: 'Address that network transports listen on',
    setting: 'server.host',
  },
  port: {
    value: 'PORT',
    description: 'Port that they listen on, 0 for any that is free',
    setting: 'server.port',
  },
  insecure: {
    description: 'Let in everybody who reaches HOST, unauthenticated',
    setting: 'security.insecure',
  },
  allow: {
    value: 'DIR',
    description: 'Let file tools and commands work in DIR; repeatable',
    repeated: true,
    setting: 'security.allowed_directories',
  },
  'read-only': {
    description: 'Offer no tool that changes anything',
    setting: 'security.read_only',
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
  model: {
    short: 'm',
    value: 'NAME',
    description: 'Model to talk to',
    setting: 'claude.default_model',
  },
  name: { value: 'NAME', description: 'What the key is for, to tell it from others' },
  scope: {
    value: 'SCOPE',
    description: 'What the key lets its holder use; repeatable',
    repeated: true,
  },
  expires: { value: 'TIME', description: 'When the key stops working, from now: 90d, 12h or 30m' },
  json: { description: 'Print JSON, for programs' },
  schema: { description: 'Print the JSON Schema of the file, for editors' },
  force: { description: 'Replace a file that is there' },
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
    summary: 'Serve an MCP client on stdin and stdout, or many over the network',
    operands: [],
    options: ['transport', 'host', 'port', 'insecure', 'allow', 'read-only', 'config', 'log-level', 'debug'],
    details: [
      'MCP clients start this themselves: their configuration needs only the path of',
      'tfo-mcp. It ends at SIGTERM or Ctrl-C; on stdio also when its input ends, or the',
      'program that started it. Without --allow and security.allowed_directories, file',
      'tools work in the folders that the client offers, else in the working directory;',
      'for network clients, in none. Network clients connect to /mcp (http), /sse (sse)',
      'or /ws (websocket). If other machines can reach HOST, they need API keys (see',
      'tfo-mcp help keys) or tokens.',
    ],
    examples: [
      ['tfo-mcp serve', 'serve on stdio'],
      ['tfo-mcp serve --allow ~/work', 'let file tools work in ~/work'],
      ['tfo-mcp serve --config team.yaml', 'with this configuration'],
      ['tfo-mcp serve --transport http', 'serve at http://127.0.0.1:8080/mcp'],
    ],
  },
  validate: {
    summary: 'Check the configuration',
    operands: [],
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json'],
    details: ['Names all problems at once, each with its place; ends with 78 if there are any.'],
    examples: [
      ['tfo-mcp validate', 'check what the server would start with'],
      ['tfo-mcp validate --config team.yaml', 'check this file'],
    ],
  },
  'init-config': {
    summary: 'Write a configuration to begin with',
    operands: [{ name: 'PATH', required: false, repeated: false }],
    options: ['force'],
    details: [
      'Every setting is in it as a comment, with its meaning and its default. Without',
      'PATH it is written to your configuration folder (~/.config), where tfo-mcp finds',
      'it. An existing file is kept, unless you give --force.',
    ],
    examples: [
      ['tfo-mcp init-config', 'write the one that is found'],
      ['tfo-mcp init-config team.yaml', 'write it here, to name it by --config'],
    ],
  },
  config: {
    summary: 'Show the effective configuration and where each value comes from',
    operands: [],
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json', 'schema'],
    details: [
      'Flags win over environment variables, these over the file, and the file over',
      'the defaults. Secrets are masked. Unless --config or TFO_MCP_CONFIG names it,',
      'the file is tfo-mcp/tfo-mcp.yaml in your configuration folder (~/.config) or in',
      '/etc. A file in the working directory is read only if you name it.',
    ],
    examples: [
      ['tfo-mcp config', 'as a table'],
      ['tfo-mcp config --json', 'for programs'],
      ['tfo-mcp config --schema', 'for editors that check the file'],
    ],
  },
  info: {
    summary: 'Show version, protocol revisions, tools, resources and prompts',
    operands: [],
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json'],
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
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json'],
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
  read: {
    summary: 'Read a resource once, as a client would',
    operands: [{ name: 'URI', required: true, repeated: false }],
    options: ['allow', 'config', 'log-level', 'debug', 'json'],
    details: [
      'tfo-mcp info lists the resources. Their content goes to stdout as it is. Binary',
      'content is not printed on a terminal: redirect it to a file, or use --json.',
    ],
    examples: [
      ['tfo-mcp read config://server', 'the configuration'],
      ['tfo-mcp read file:///srv/notes.txt --allow /srv', 'a file'],
    ],
  },
  prompt: {
    summary: 'Print a prompt, as a client would get it',
    operands: [
      { name: 'NAME', required: true, repeated: false },
      { name: 'KEY=VALUE', required: false, repeated: true },
    ],
    options: ['config', 'log-level', 'debug', 'json'],
    details: ['tfo-mcp info lists the prompts and their arguments.'],
    examples: [
      ['tfo-mcp prompt code_review code=x++ language=c', 'a prompt with its arguments'],
      ['tfo-mcp prompt code_review code=x++ --json', 'with its roles, for programs'],
    ],
  },
  chat: {
    summary: 'Talk to Claude',
    operands: [],
    options: ['model', 'config', 'log-level', 'debug'],
    details: [
      'Each line is a message, typed or piped; the answer is printed as it comes.',
      '/list, /show, /switch and /new go from one conversation to another, and /help',
      'tells more. Ctrl-C stops an answer, a second one leaves. It needs an API key:',
      'ANTHROPIC_API_KEY, or claude.api_key_file in the configuration.',
    ],
    examples: [
      ['tfo-mcp chat', 'talk at the terminal'],
      ['tfo-mcp chat --model claude-opus-5-5', 'talk to this model'],
    ],
  },
  keys: {
    summary: 'Make, list and revoke the API keys of network clients',
    operands: [
      { name: 'create|list|revoke', required: true, repeated: false },
      { name: 'ID', required: false, repeated: false },
    ],
    options: ['name', 'scope', 'expires', 'config', 'json'],
    details: [
      'The keys are in the file that security.api_keys_file names, as hashes only. A',
      'key is printed once, when it is made. A SCOPE is tools:read (tools that change',
      'nothing), tools:write (the others), tools:execute (execute_command),',
      'resources:read, prompts:read, or * for everything, which is the default. A',
      'running server sees every change within a second.',
    ],
    examples: [
      ['tfo-mcp keys create --name ci --scope tools:read', 'make a key for reading'],
      ['tfo-mcp keys list', 'list all keys'],
      ['tfo-mcp keys revoke 0123456789abcdef', 'revoke a key'],
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
