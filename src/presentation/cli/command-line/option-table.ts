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
    description: 'What the key lets its holder use; repeatable, or a,b',
    repeated: true,
  },
  expires: { value: 'TIME', description: 'When the key ends: in 90d (default), 12h, 30m, or never' },
  json: { description: 'Print JSON, for programs' },
  schema: { description: 'Print the JSON Schema of the file, for editors' },
  type: { value: 'NAME', description: 'Events of this type; repeatable', repeated: true },
  since: { value: 'TIME', description: 'Events since then: 30m, 24h (default), 7d ago, or a date' },
  follow: { short: 'f', description: 'Wait for more, until Ctrl-C' },
  force: { description: 'Replace a file that is there' },
  help: { short: 'h', description: 'Show this help' },
  version: { short: 'V', description: 'Show version, commit, runtime and platform' },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof optionRows;

/** Every option, in the order of the help. */
export const options: Readonly<Record<OptionName, OptionRow>> = optionRows;

/** Options that go with every command. */
export const globalOptions = ['help', 'version'] as const satisfies readonly OptionName[];
