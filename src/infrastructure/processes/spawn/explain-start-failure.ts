import { stat } from 'node:fs/promises';
import type { CommandRequest } from '../../../application/ports/processes.ts';
import { DomainError, type DomainErrorKind } from '../../../domain/shared/domain-error.ts';

/** Why a command could not be started, in words that help to start it. */
export async function explainStartFailure(error: unknown, request: CommandRequest): Promise<DomainError> {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  // The system says the same of a missing program and of a missing directory.
  if (!(await isDirectory(request.directory)))
    return failure('not-found', 'not-found', 'The working directory is no longer there, or can’t be entered');
  const program = 'argv' in request.line ? JSON.stringify(request.line.argv[0]?.slice(0, 200)) : 'the shell';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return failure('not-found', 'not-found', notFound(request, program));
    case 'EACCES':
    case 'EPERM':
      return failure(
        'denied',
        'forbidden',
        `Expected ${program} to be executable for this server, it is not`,
      );
    case 'ENOEXEC':
      return failure(
        'denied',
        'invalid',
        `${program} is no program: a script needs a first line like "#!/bin/sh"`,
      );
    case 'E2BIG':
    case 'ENAMETOOLONG':
      return failure(
        'too-long',
        'invalid',
        'The command and its variables are longer than this system takes; pass long text as "stdin"',
      );
    default:
      return failure(
        'not-started',
        'unavailable',
        `Starting ${program} failed with ${code}; try again later`,
      );
  }
}

function notFound({ line }: CommandRequest, program: string): string {
  return 'argv' in line
    ? `There is no program ${program}; name it by its absolute path, or as PATH finds it`
    : 'There is no shell on this system; use "argv" with the path of a program';
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // gone, or hidden from us
  }
}

const failure = (name: string, kind: DomainErrorKind, message: string) =>
  new DomainError(`command.${name}`, kind, message);
