import { type ChildProcess, spawn } from 'node:child_process';
import type { CommandRequest } from '../../../application/ports/processes.ts';
import { findProgram } from './find-program.ts';
import { systemProgram } from './system-program.ts';

/** Windows has neither process groups nor sessions. */
const onWindows = process.platform === 'win32';

export interface Executable {
  readonly program: string;
  readonly args: readonly string[];
  /** Passed on as they are: cmd.exe has rules of quoting of its own. */
  readonly verbatim: boolean;
}

/** The means to run a command on POSIX: the system finds its program. */
export function posixExecutable({ line }: CommandRequest): Executable {
  if (!('argv' in line)) return { program: '/bin/sh', args: ['-c', line.command], verbatim: false };
  const [program = '', ...args] = line.argv;
  return { program, args, verbatim: false };
}

/**
 * The same on Windows.
 * @throws DomainError `command.not-found`, `command.invalid`
 */
export async function windowsExecutable(request: CommandRequest): Promise<Executable> {
  const { line } = request;
  if (!('argv' in line)) {
    const args = ['/d', '/s', '/c', `"${line.command}"`];
    return { program: systemProgram('cmd.exe'), args, verbatim: true };
  }
  const [program = '', ...args] = line.argv;
  return { program: await findProgram(program, request), args, verbatim: false };
}

/**
 * Starts the command as the leader of a process group and session of its own: it has no terminal to ask questions on, and what
 * it starts can be ended with it.
 */
export function startCommand(
  { program, args, verbatim }: Executable,
  request: CommandRequest,
  environment: Record<string, string>,
): ChildProcess {
  return spawn(program, args, {
    cwd: request.directory,
    env: environment,
    detached: !onWindows,
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
    stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}
