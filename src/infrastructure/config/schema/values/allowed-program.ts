import type { AllowedProgram } from '../../../../domain/policy/commands/command-policy.ts';

/** Blanks separate, double quotes hold together; nothing is escaped, since a Windows path is full of backslashes. */
const WORD = /(?:[^\s"]|"[^"]*")+/g;

const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)./;

/** An entry of `security.commands.allowlist`: a program, in double quotes if it has blanks, and its first arguments. */
export function readAllowedProgram(entry: string): AllowedProgram {
  const [path = '', ...given] = (entry.match(WORD) ?? []).map((word) => word.replaceAll('"', ''));
  return { path, arguments: given };
}

/** True if its quotes are closed, and its program is absolute, here or on Windows. */
export function isAllowedProgram(entry: string): boolean {
  return entry.split('"').length % 2 === 1 && ABSOLUTE.test(readAllowedProgram(entry).path);
}
