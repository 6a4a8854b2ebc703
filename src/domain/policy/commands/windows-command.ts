import { shorten } from '../../text/utf8.ts';
import { type Environment, variableOf } from './child-environment.ts';
import { commandInvalid } from './command-invalid.ts';
import type { CommandLine } from './command-line.ts';

/** Batch files run by cmd.exe only, which reads their arguments by rules of its own (CVE-2024-27980). */
export function isBatchFile(program: string): boolean {
  // Windows drops dots and blanks at the end of a name; a separator there is a slip.
  return /\.(?:bat|cmd)[. \\/]*$/i.test(program);
}

/**
 * A command line as Windows can run it: of a command without the line ends around it.
 * @throws DomainError `command.invalid`
 */
export function windowsLine(line: CommandLine): CommandLine {
  if ('argv' in line) {
    const [program = ''] = line.argv;
    if (isBatchFile(program)) throw commandInvalid(batchFile(program));
    return line;
  }
  const command = line.command.replace(/^[\r\n]+|[\r\n]+$/g, '');
  if (/[\r\n]/.test(command))
    throw commandInvalid(
      'Expected "command" to be one line: cmd.exe leaves out what follows the first. Join commands by "&&", or give several lines to a program, as in "argv": ["powershell", "-NoProfile", "-Command", "…"] or ["python", "-c", "…"]',
    );
  return { command };
}

/**
 * Refuses a line for cmd.exe on a share: cmd.exe goes to its own Windows folder instead, and would run it there.
 * @param directory absolute
 * @throws DomainError `command.invalid`
 */
export function requireDirectoryOfShell(line: CommandLine, directory: string): void {
  if ('argv' in line || !/^[\\/]{2}(?![?.][\\/][a-z]:)/i.test(directory)) return;
  throw commandInvalid(
    'Expected "working_dir" to be on a drive, got a network share: cmd.exe would run the line in its own folder instead. Use "argv", or a drive that stands for the share',
  );
}

/** The reason why a batch file can't be given as a program, and the way to run it. */
export const batchFile = (program: string) =>
  `${JSON.stringify(shorten(program, 200))} is a batch file, which only cmd.exe runs: use "command" instead of "argv", with the line as you would type it`;

/** True if a program is named by where it is, and not looked for. */
export const isProgramPath = (program: string) => /[\\/:]/.test(program);

/** The endings that Windows starts by itself, then those of batch files. */
const ENDINGS = ['.com', '.exe', '.bat', '.cmd'];

/**
 * The files that a program's name can mean on Windows, in the order in which they are looked for: in the folders of PATH that are
 * absolute, never in the working directory, where whoever made a repository may have put a `git.exe`.
 */
export function programFiles(name: string, environment: Environment): readonly string[] {
  const folders = (variableOf(environment, 'PATH', 'win32') ?? '')
    .split(';')
    .map((folder) => folder.replaceAll('"', '').replace(/[\\/]+$/, ''))
    .filter((folder) => /^(?:[a-z]:(?:[\\/]|$)|[\\/]{2}[^\\/])/i.test(folder));
  const names = [...(name.includes('.') ? [name] : []), ...ENDINGS.map((ending) => name + ending)];
  return folders.flatMap((folder) => names.map((file) => `${folder}\\${file}`));
}
