import type { CommandLine } from '../commands/command-line.ts';
import { askAbout, quoted, quotedPart, requireWhole, type ShownPart, textPart } from './approval-question.ts';

/** Everything that decides what will happen, and so what a user has to see before saying yes. */
export interface CommandToApprove {
  readonly line: CommandLine;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string | undefined;
  /** Seconds until it is ended. */
  readonly timeout: number;
}

/**
 * The question that a user answers before a command runs.
 * @throws DomainError `approval.too-long`
 */
export function describeCommand(command: CommandToApprove): string {
  const { line, directory, environment, stdin, timeout } = command;
  const variables = Object.entries(environment).map(describeVariable);
  const parts: readonly ShownPart[] = [
    'command' in line
      ? textPart('Run this command with the shell?', line.command)
      : quotedPart('Run this program with these arguments?', line.argv),
    textPart('In the directory:', directory),
    ...(variables.length > 0 ? [{ label: 'With the variables:', lines: variables }] : []),
    ...(stdin !== undefined ? [textPart('With the input:', stdin)] : []),
  ];
  return requireWhole(
    askAbout(parts, `It is ended after ${timeout} s`),
    'write what is long to a file with write_file, and run that file',
  );
}

const describeVariable = ([name, value]: readonly [string, string]) =>
  `${/^[A-Za-z_]\w*$/.test(name) ? name : quoted([name])}=${quoted([value])}`;
