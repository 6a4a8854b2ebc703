import { type ChildProcess, spawn } from 'node:child_process';
import { win32 } from 'node:path';
import type { CommandRequest } from '../../../application/ports/processes.ts';

/** Windows has neither process groups nor sessions. */
const onWindows = process.platform === 'win32';

/**
 * Starts the command as the leader of a process group and session of its own: it has no terminal to ask questions on, and what
 * it starts can be ended with it.
 */
export function startCommand(request: CommandRequest, environment: Record<string, string>): ChildProcess {
  const { program, args, verbatim } = executableOf(request, environment);
  return spawn(program, args, {
    cwd: request.directory,
    env: environment,
    detached: !onWindows,
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
    stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}

interface Executable {
  readonly program: string;
  readonly args: readonly string[];
  /** Passed on as they are: cmd.exe has rules of quoting of its own. */
  readonly verbatim: boolean;
}

function executableOf({ line }: CommandRequest, environment: Record<string, string>): Executable {
  if ('argv' in line) {
    const [program = '', ...args] = line.argv;
    return { program, args, verbatim: false };
  }
  if (!onWindows) return { program: '/bin/sh', args: ['-c', line.command], verbatim: false };
  const root = environment['SystemRoot'] ?? 'C:\\Windows';
  const program = win32.join(root, 'System32', 'cmd.exe');
  return { program, args: ['/d', '/s', '/c', `"${line.command}"`], verbatim: true };
}
