import { stat } from 'node:fs/promises';
import type { CommandRequest } from '../../../application/ports/processes.ts';
import { namesDirectory } from '../../../domain/policy/paths/absolute-path.ts';
import { pathPlatform } from '../../../domain/policy/paths/path-platform.ts';
import { DomainError, type DomainErrorKind } from '../../../domain/shared/domain-error.ts';
import type { ErrorCode } from '../../../domain/shared/error-code.ts';
import { shorten } from '../../../domain/text/utf8.ts';
import { type ExaminedProgram, examineProgram } from './examine-program.ts';

/** Explains why a command could not be started, in words that help to start it. */
export async function explainStartFailure(error: unknown, request: CommandRequest): Promise<DomainError> {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  // The system says the same of a missing program and of a missing directory.
  if (!(await isDirectory(request.directory)))
    return failure(
      'command.not-found',
      'not-found',
      'The working directory is no longer there, or can’t be entered',
    );
  const program = 'argv' in request.line ? quoted(request.line.argv[0]) : 'the shell';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return await notFound(request, program);
    case 'EACCES':
    case 'EPERM':
      return failure('command.denied', 'forbidden', await notExecutable(request, program));
    case 'EINVAL':
      return failure(
        'command.denied',
        'invalid',
        `${program} is no program that starts by itself${BY_SHELL}`,
      );
    case 'ENOEXEC':
      return failure(
        'command.denied',
        'invalid',
        `${program} is no program: a script needs a first line like "#!/bin/sh"`,
      );
    case 'EFTYPE':
    case 'UNKNOWN':
    case 'Unknown system error -85':
    case 'Unknown system error -86':
    case 'Unknown system error -88':
      return failure('command.denied', 'invalid', `${program} ${NOT_FOR_THIS_MACHINE}`);
    case 'E2BIG':
    case 'ENAMETOOLONG':
      return failure(
        'command.too-long',
        'invalid',
        'The command and its variables are longer than this system takes; pass long text as "stdin"',
      );
    default:
      return failure(
        'command.not-started',
        'unavailable',
        `Starting ${program} failed with ${code}; try again later`,
      );
  }
}

/**
 * Windows' failures at a file that is no program or one for another processor, and at one that a policy or a scanner holds back, have
 * no name but EFTYPE; macOS has numbers for the former: EBADEXEC, EBADARCH, EBADMACHO.
 */
const NOT_FOR_THIS_MACHINE =
  'is nothing that this machine starts: it is no program, is damaged or made for another system or processor, or a policy or a virus scanner blocks it';

/** Windows starts `.cmd` and `.bat` files, npm's among them, by its shell only. */
const BY_SHELL =
  process.platform === 'win32' ? '; scripts such as npm.cmd run by the shell: use "command"' : '';

/** The system says the same of a program that isn't there and of what that needs to be run. */
async function notFound(request: CommandRequest, program: string): Promise<DomainError> {
  const { line } = request;
  if (!('argv' in line))
    return failure(
      'command.not-found',
      'not-found',
      'There is no shell on this system; use "argv" with the path of a program',
    );
  const [name = '', ...args] = line.argv;
  if (namesDirectory(name, pathPlatform(process.platform)))
    return failure(
      'command.not-found',
      'not-found',
      `There is no program ${program}; the separator at its end means a directory: leave it out`,
    );
  const found = await examineProgram(name, request);
  if (found !== undefined && !found.isDirectory)
    return failure('command.not-started', 'invalid', `${program} is there, but ${lack(found)}`);
  const isLine = args.length === 0 && /\s/.test(name);
  const remedy = isLine
    ? 'give each argument as an element of its own, or the whole line as "command"'
    : `name it by its absolute path, or as PATH finds it${BY_SHELL}`;
  return failure('command.not-found', 'not-found', `There is no program ${program}; ${remedy}`);
}

const quoted = (name = '') => JSON.stringify(shorten(name, 200));

function lack({ interpreter, hasInterpreter }: ExaminedProgram): string {
  const shown = quoted(interpreter);
  if (interpreter?.endsWith('\r'))
    return `its lines end as on Windows (CRLF): the system looks for ${shown} to run it; convert it to LF`;
  if (hasInterpreter === false) return `its first line names ${shown} to run it, which is not there`;
  return 'what it needs to be run is not: it was made for another system, or for another C library';
}

async function notExecutable(request: CommandRequest, program: string): Promise<string> {
  const name = 'argv' in request.line ? (request.line.argv[0] ?? '') : '/bin/sh';
  const found = await examineProgram(name, request);
  if (found?.isDirectory) return `Expected a program, got the directory ${program}`;
  const hint = found?.hasInterpreter === false ? ', or what its first line names is not' : '';
  return `Expected ${program} to be executable for this server, it is not${hint}; "chmod +x" makes it so, or name what runs it first, as in ["sh", "script.sh"]`;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // gone, or hidden from us
  }
}

const failure = (code: ErrorCode, kind: DomainErrorKind, message: string) =>
  new DomainError(code, kind, message);
