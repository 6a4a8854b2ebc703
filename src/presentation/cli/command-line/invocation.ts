import type { ConfigurationRequest } from '../../../application/ports/configuration-source.ts';
import { options } from './option-table.ts';
import type { TypedCommand, TypedOptions } from './parse-command-line.ts';
import { UsageError } from './usage-error.ts';

/** The user's wish. */
export type Invocation =
  | ServeInvocation
  | ReportInvocation
  | ConfigInvocation
  | InitConfigInvocation
  | CallInvocation
  | ReadInvocation
  | PromptInvocation
  | ChatInvocation
  | KeysInvocation
  | ConversationsInvocation
  | EventsInvocation
  | StatsInvocation
  | MigrateInvocation
  | DatabaseInvocation
  | HelpInvocation
  | { readonly command: 'version' };

interface ServeInvocation {
  readonly command: 'serve';
  readonly request: ConfigurationRequest;
}

export interface ReportInvocation {
  readonly command: 'validate' | 'info';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
}

export interface ConfigInvocation {
  readonly command: 'config';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  /** The shape of the file, instead of what is in force. */
  readonly schema: boolean;
}

export interface InitConfigInvocation {
  readonly command: 'init-config';
  /** Without one, the user's configuration folder has the file. */
  readonly path: string | undefined;
  readonly force: boolean;
}

export interface ReadInvocation {
  readonly command: 'read';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  readonly uri: string;
}

export interface PromptInvocation {
  readonly command: 'prompt';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  readonly prompt: string;
  /** `key=value`, as typed. */
  readonly words: readonly string[];
}

export interface CallInvocation {
  readonly command: 'call';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  readonly tool: string;
  /** `key=value` or `key:=JSON`, as typed. */
  readonly words: readonly string[];
}

export interface ChatInvocation {
  readonly command: 'chat';
  readonly request: ConfigurationRequest;
}

export interface KeysInvocation {
  readonly command: 'keys';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  /** The action, as typed. */
  readonly action: string;
  /** The key to do it with, as typed. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly scopes: readonly string[];
  /** As typed. */
  readonly expires: string | undefined;
}

export interface ConversationsInvocation {
  readonly command: 'conversations';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  /** The action, as typed. */
  readonly action: string;
  /** The conversation to do it with, as typed. */
  readonly id: string | undefined;
}

export interface EventsInvocation {
  readonly command: 'events';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  readonly follow: boolean;
  readonly types: readonly string[];
  /** As typed. */
  readonly since: string | undefined;
}

export interface StatsInvocation {
  readonly command: 'stats';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  /** As typed. */
  readonly since: string | undefined;
}

export interface MigrateInvocation {
  readonly command: 'migrate';
  readonly request: ConfigurationRequest;
  readonly json: boolean;
  /** The action, as typed. */
  readonly action: string;
}

export interface DatabaseInvocation {
  readonly command: 'database';
  readonly request: ConfigurationRequest;
  /** The action, as typed. */
  readonly action: string;
  /** The path of the backup, as typed. */
  readonly file: string;
}

export interface HelpInvocation {
  readonly command: 'help';
  /** The command to explain, as typed; without one, the program. */
  readonly topic: string | undefined;
  /** Of `call`: the tool to explain, as typed, where there is one, and the configuration that offers it. */
  readonly tool?: { readonly name: string; readonly request: ConfigurationRequest };
}

/** @param interactive whether a person is at the input; asked only where it matters, for it costs a start something */
export function interpret(
  { command, options: typed, operands }: TypedCommand,
  interactive: () => boolean,
): Invocation {
  if (typed.has('help'))
    return command === 'help' ? helpOn(operands, typed) : helpOn([command, operands[0]], typed);
  if (typed.has('version')) return { command: 'version' };
  const request = configurationRequest(typed);
  const json = typed.has('json');
  switch (command) {
    case undefined:
      // A client's configuration needs only the path; a person who types only the name wants to know more.
      if (typed.size === 0 && interactive()) return { command: 'help', topic: undefined };
      return { command: 'serve', request };
    case 'serve':
    case 'chat':
      return { command, request };
    case 'validate':
    case 'info':
      return { command, request, json };
    case 'config':
      return { command, request, json, schema: typed.has('schema') };
    case 'init-config':
      return { command, path: operands[0], force: typed.has('force') };
    case 'read':
      return { command, request, json, uri: operands[0] ?? '' };
    case 'prompt': {
      const [prompt = '', ...words] = operands;
      return { command, request, json, prompt, words };
    }
    case 'call': {
      const [tool = '', ...words] = operands;
      return { command, request, json, tool, words };
    }
    case 'keys': {
      const [action = '', id] = operands;
      const scopes = typed.get('scope');
      const what = { action, id, scopes: Array.isArray(scopes) ? scopes : [] };
      return {
        command,
        request,
        json,
        ...what,
        name: textOf(typed, 'name'),
        expires: textOf(typed, 'expires'),
      };
    }
    case 'conversations': {
      const [action = '', id] = operands;
      return { command, request, json, action, id };
    }
    case 'events': {
      const types = typed.get('type');
      const what = { types: Array.isArray(types) ? types : [], since: textOf(typed, 'since') };
      return { command, request, json, follow: typed.has('follow'), ...what };
    }
    case 'stats':
      return { command, request, json, since: textOf(typed, 'since') };
    case 'migrate':
      return { command, request, json, action: operands[0] ?? '' };
    case 'database':
      return { command, request, action: operands[0] ?? '', file: operands[1] ?? '' };
    case 'help':
      if (operands[0] !== 'call' && operands[1] !== undefined)
        throw new UsageError(`Expected only COMMAND after "help", got "${operands[1]}"`, { command });
      return helpOn(operands, typed);
  }
}

function helpOn([topic, name]: readonly (string | undefined)[], typed: TypedOptions): HelpInvocation {
  const tool = topic === 'call' && name !== undefined && { name, request: configurationRequest(typed) };
  return { command: 'help', topic, ...(tool && { tool }) };
}

function textOf(typed: TypedOptions, name: 'name' | 'expires' | 'since'): string | undefined {
  const value = typed.get(name);
  return typeof value === 'string' ? value : undefined;
}

function configurationRequest(typed: TypedOptions): ConfigurationRequest {
  const file = typed.get('config');
  const flags = [...typed].flatMap(([name, value]) => {
    const key = options[name].setting;
    return key === undefined ? [] : [{ flag: `--${name}`, key, value: value === true ? 'true' : value }];
  });
  return { ...(typeof file === 'string' && { file }), flags };
}
