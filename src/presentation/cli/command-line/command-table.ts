import type { CommandRow } from './command-row.ts';
import { surfaceCommands } from './surface-commands.ts';

const commandRows = {
  serve: {
    summary: 'Serve a client on stdin and stdout, or many over the network',
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
    details: [
      'Names all problems at once, each with its place; ends with 78 if there are any,',
      'or with 2 if one of them is the value of an option.',
    ],
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
    summary: 'Show the effective configuration, and where it comes from',
    operands: [],
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json', 'schema'],
    details: [
      'Flags win over environment variables, these over the file, and the file over',
      'the defaults. Secrets are masked. Unless --config or TFO_MCP_CONFIG names it,',
      'the file is tfo-mcp/tfo-mcp.yaml in your configuration folder (~/.config) or in',
      '/etc. A file in the working directory is read only if you name it. It prints a',
      'table, in a pipe too; --json prints JSON.',
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
    details: ['It prints text, in a pipe too; --json prints JSON, with the schemas of tools.'],
    examples: [
      ['tfo-mcp info', 'what this server offers'],
      ['tfo-mcp info --json', 'for programs'],
    ],
  },
  ...surfaceCommands,
  keys: {
    summary: 'Make, list, renew and revoke the API keys of network clients',
    operands: [
      { name: 'create|list|rotate|revoke', required: true, repeated: false },
      { name: 'ID', required: false, repeated: false },
    ],
    options: ['name', 'scope', 'expires', 'config', 'json'],
    details: [
      'The keys are in the file that security.api_keys_file names, as hashes only. A',
      'key is printed once, when it is made. To make one, give --name and --scope. A',
      'SCOPE is tools:read (tools that change nothing), tools:write (the others),',
      "tools:execute (execute_command), resources:read, prompts:read, or '*' for",
      'everything. rotate renews a key: id, name, scopes and what it owns stay, the old',
      'secret is refused. A running server sees every change within a second. list',
      'prints a table, in a pipe too; --json prints JSON. LAST USE is the day that a',
      'server wrote to a file beside that of the keys; never: none did; unknown: there',
      'is no such file, or it can not be read.',
    ],
    examples: [
      ['tfo-mcp keys create --name ci --scope tools:read', 'make a key for reading'],
      ['tfo-mcp keys list', 'list all keys'],
      ['tfo-mcp keys rotate 0123456789abcdef', 'renew a key, for 90 days'],
      ['tfo-mcp keys revoke 0123456789abcdef', 'revoke a key'],
    ],
  },
  conversations: {
    summary: 'List, show, export and delete conversations that are kept',
    operands: [
      { name: 'list|show|export|delete', required: true, repeated: false },
      { name: 'ID', required: false, repeated: false },
    ],
    options: ['config', 'json'],
    details: [
      'Conversations with Claude are kept in one file (database.path) for all servers',
      'of this user, unless database.driver is memory or database.keep_conversations is',
      'false. list shows those of all clients; it prints a table, in a pipe too, and',
      '--json prints JSON. OWNER is who can go on with it: local (you, through a client',
      'on this machine), network (everybody who reaches a port without authentication),',
      'key:ID, or token:ISSUER#SUBJECT. show prints what was said, export all of it as',
      'JSON. delete removes it for good, and names the backups beside the database that',
      'still have it. ID can be its beginning, from 6 characters on.',
    ],
    examples: [
      ['tfo-mcp conversations list', 'all of them, the last changed first'],
      ['tfo-mcp conversations list --json', 'for programs'],
    ],
  },
  events: {
    summary: 'Show what happened: calls, sessions, conversations',
    operands: [],
    options: ['type', 'since', 'follow', 'config', 'json'],
    details: [
      'Events are kept in one file (database.path) for all servers of this user, unless',
      'database.driver is memory. They tell when and which tool, resource or prompt,',
      'who asked for it, with which outcome; what it was given only as',
      'audit.record_arguments says. --json prints one object a line. Types:',
      'ToolExecuted, ResourceRead, PromptExecuted, SessionCreated, SessionInitialized,',
      'SessionClosed, ConversationCreated, MessageAdded, ConversationClosed,',
      'ConversationDeleted, DatabaseRestored, and AuditSkipped, which counts what came',
      'faster than audit.max_rate.',
    ],
    examples: [
      ['tfo-mcp events --since 1h', 'those of the last hour'],
      ['tfo-mcp events --follow --type ToolExecuted', 'calls of tools as they happen'],
    ],
  },
  stats: {
    summary: 'Show how much was called, how fast, and what Claude took',
    operands: [],
    options: ['since', 'config', 'json'],
    details: [
      'Counts the events that "tfo-mcp events" shows: calls, errors and latency of each',
      'tool, calls over time, errors by their code, tokens of each model, resources,',
      'prompts, and sessions of each client. Percentiles are exact to 1 %. What came',
      'faster than audit.max_rate was counted without its latency. Times are UTC.',
      'Tables are as wide as the terminal, and have the 20 that were used most; --json',
      'prints JSON, with every name.',
    ],
    examples: [
      ['tfo-mcp stats', 'the last 24 hours'],
      ['tfo-mcp stats --since 7d --json', 'the last week, for programs'],
    ],
  },
  migrate: {
    summary: 'Bring the database up to date, or show where it is',
    operands: [{ name: 'up|status', required: true, repeated: false }],
    options: ['config', 'json'],
    details: [
      'A server does this by itself when it opens the database; one of a later version',
      'is left as it is. Tables are changed only when no other process has it open, and',
      'after a backup: FILE.before-migration, kept for 7 days, which "tfo-mcp database',
      'restore" takes. --json goes with status.',
    ],
    examples: [['tfo-mcp migrate status', 'which steps are done']],
  },
  database: {
    summary: 'Back the database up, or put a backup in its place',
    operands: [
      { name: 'backup|restore', required: true, repeated: false },
      { name: 'FILE', required: true, repeated: false },
    ],
    options: ['config'],
    details: [
      'Servers may go on meanwhile. FILE of a backup must not be there; it is for you',
      'alone, and has what was said in conversations. restore replaces everything that',
      'is in the database; one that is damaged is put aside, in a folder beside it.',
    ],
    examples: [
      ['tfo-mcp database backup tfo-mcp-backup.db', 'copy what there is at one moment'],
      ['tfo-mcp database restore tfo-mcp-backup.db', 'go back to it'],
    ],
  },
  help: {
    summary: 'Show help, the help of a command or a tool, or a guide',
    operands: [
      { name: 'COMMAND|GUIDE', required: false, repeated: false },
      { name: 'TOOL', required: false, repeated: false },
    ],
    options: [],
    details: [],
    examples: [
      ['tfo-mcp help call', 'the same as tfo-mcp call --help'],
      ['tfo-mcp help call read_file', 'the arguments of a tool'],
      ['tfo-mcp help troubleshooting', 'print a guide'],
    ],
  },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandRows;

/** Every command, in the order of the help: what drives parsing and help alike. */
export const commands: Readonly<Record<CommandName, CommandRow>> = commandRows;

export const commandNames = Object.keys(commandRows) as readonly CommandName[];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
