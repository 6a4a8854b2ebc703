import { randomBytes } from 'node:crypto';

/** The variable by which whatever descends from a command is found, wherever it went. */
export const MARK_VARIABLE = 'TFO_MCP_COMMAND';

/** Makes marks that no other server on the machine makes, nor a caller can guess. */
export function createMarks(): () => string {
  let server: string | undefined;
  let count = 0;
  return () => {
    server ??= randomBytes(9).toString('base64url');
    count += 1;
    return `${server}.${count}`;
  };
}

/**
 * The environment with the mark in it. One that is there already stays: the server may itself be part of a command, of a server
 * that wants to find all of it.
 */
export function withMark(
  environment: Readonly<Record<string, string>>,
  mark: string,
): Record<string, string> {
  const outer = environment[MARK_VARIABLE];
  return { ...environment, [MARK_VARIABLE]: outer === undefined ? mark : `${outer} ${mark}` };
}

const prefix = Buffer.from(`${MARK_VARIABLE}=`);

/** The marks in an environment as `/proc/<pid>/environ` has it: NAME=value, NUL, and so on. */
export function marksIn(environment: Buffer): readonly string[] {
  let start = environment.indexOf(prefix);
  while (start > 0 && environment[start - 1] !== 0) start = environment.indexOf(prefix, start + 1);
  if (start < 0) return [];
  const end = environment.indexOf(0, start);
  return environment.toString('latin1', start + prefix.length, end < 0 ? environment.length : end).split(' ');
}
