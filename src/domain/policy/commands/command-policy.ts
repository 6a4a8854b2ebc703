import type { CommandLine } from './command-line.ts';

/**
 * The authority over commands: `allow`, the client with its user; `ask`, this server asks the user; `allowlist`, the configuration;
 * `off`, there are none.
 */
export type CommandPolicy = 'allow' | 'ask' | 'allowlist' | 'off';

/** A program that may be run, and what its arguments have to begin with. */
export interface AllowedProgram {
  /** Absolute. Nobody but its owner should be able to replace what is there. */
  readonly path: string;
  readonly arguments: readonly string[];
}

export interface CommandRules {
  readonly policy: CommandPolicy;
  /** For the policy `allowlist`. */
  readonly allowlist: readonly AllowedProgram[];
  /** As Node.js names it: on `win32` paths are compared without case, and "/" is "\". */
  readonly platform: string;
}

export interface CommandAttempt {
  readonly line: CommandLine;
  /** True if the caller sets variables of its own. */
  readonly setsEnvironment: boolean;
}

export type CommandVerdict =
  | { readonly kind: 'run' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'refuse'; readonly reason: string };

/** True if there is anything to offer at all. */
export function offersCommands({ policy }: Pick<CommandRules, 'policy'>): boolean {
  return policy !== 'off';
}

/** Judges a command by the policy. */
export function judgeCommand(attempt: CommandAttempt, rules: CommandRules): CommandVerdict {
  switch (rules.policy) {
    case 'allow':
      return { kind: 'run' };
    case 'ask':
      return { kind: 'ask' };
    case 'allowlist':
      return judgeByList(attempt, rules);
    case 'off':
      return refuse('Commands are switched off by security.commands.policy');
  }
}

function judgeByList({ line, setsEnvironment }: CommandAttempt, rules: CommandRules): CommandVerdict {
  const allowed = `Allowed by security.commands.allowlist: ${describeList(rules.allowlist)}`;
  if ('command' in line)
    return refuse(
      `A shell can run anything, so only "argv" is taken here, with a program's absolute path. ${allowed}`,
    );
  // LD_PRELOAD, NODE_OPTIONS, GIT_SSH_COMMAND…: with variables of the caller's choice any program runs any other.
  if (setsEnvironment)
    return refuse('"env" is not taken here: variables can make an allowed program run others');
  if (rules.allowlist.some((program) => matches(program, line.argv, rules.platform))) return { kind: 'run' };
  return refuse(`This program, or this use of it, is not allowed here. ${allowed}`);
}

/** Paths are compared as they are written: what is not spelled as in the list (`..`, links, other case) is not in it. */
function matches(allowed: AllowedProgram, argv: readonly string[], platform: string): boolean {
  const [program = '', ...given] = argv;
  return (
    spelling(program, platform) === spelling(allowed.path, platform) &&
    allowed.arguments.every((argument, index) => argument === given[index])
  );
}

function spelling(path: string, platform: string): string {
  return platform === 'win32' ? path.replaceAll('/', '\\').toLowerCase() : path;
}

const MOST_LISTED = 20;

function describeList(allowlist: readonly AllowedProgram[]): string {
  if (allowlist.length === 0) return 'nothing';
  const shown = allowlist
    .slice(0, MOST_LISTED)
    .map(({ path, arguments: fixed }) => JSON.stringify([path, ...fixed]).slice(0, 200));
  if (allowlist.length > MOST_LISTED) shown.push(`and ${allowlist.length - MOST_LISTED} more`);
  return shown.join(', ');
}

const refuse = (reason: string): CommandVerdict => ({ kind: 'refuse', reason });
