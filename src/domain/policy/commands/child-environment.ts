import { DomainError } from '../../shared/domain-error.ts';
import { shorten } from '../../text/utf8.ts';

export type Environment = Readonly<Record<string, string>>;

/** The sources of the environment of child processes. */
export interface EnvironmentSource {
  /** The server's own. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Values that no child may be handed. */
  readonly secrets: readonly string[];
  /** As Node.js names it. */
  readonly platform: string;
}

/** Keys for this server and its backends live under these names, whatever else does. */
const OURS_ALONE = /^(?:TELEMETRYFLOW_.*|ANTHROPIC_.*|OTEL_.*HEADERS)$/i;

/** Windows looks for programs in the working directory first, which may be a stranger's repository, unless this is set. */
const NOT_FROM_HERE = 'NoDefaultCurrentDirectoryInExePath';

/**
 * The environment that every command begins with: the server's, without what is the server's alone and without every variable
 * whose value is a known secret, and with a PATH that finds the usual programs though a desktop started the client. On Windows
 * nothing is started from the working directory unless it is named so (`.\tool`).
 */
export function childEnvironment({ variables, secrets, platform }: EnvironmentSource): Environment {
  const secret = new Set(secrets.filter((value) => value !== ''));
  const kept: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && !OURS_ALONE.test(name) && !secret.has(value)) kept[name] = value;
  }
  const pathName = existingName(kept, 'PATH', platform);
  kept[pathName] = usablePath(kept, pathName, platform);
  if (platform === 'win32') kept[existingName(kept, NOT_FROM_HERE, platform)] ??= '1';
  return kept;
}

/**
 * The environment with a call's variables on top. Their names are free, those above too: a caller can set only values that it
 * knows, so nothing comes back that was taken away.
 * @throws DomainError `command.invalid`
 */
export function withVariables(base: Environment, given: Environment, platform: string): Environment {
  const merged: Record<string, string> = Object.assign(Object.create(null), base);
  for (const [name, value] of Object.entries(given)) {
    requireVariable(name, value);
    merged[existingName(merged, name, platform)] = value;
  }
  return merged;
}

function requireVariable(name: string, value: string): void {
  // No shell takes a name that begins with a digit, and the members of an array would have such names.
  if (/^[^=\0\d][^=\0]*$/.test(name) && !value.includes('\0') && (name + value).isWellFormed()) return;
  throw new DomainError(
    'command.invalid',
    'invalid',
    `Expected "env" to be an object of variables whose names neither begin with a digit nor hold "=", without NUL or half of a surrogate pair, got ${JSON.stringify(shorten(name, 80))}`,
  );
}

/** The value of a variable, on Windows in any case. */
export function variableOf(variables: Environment, name: string, platform: string): string | undefined {
  return variables[existingName(variables, name, platform)];
}

/** The environment's spelling of a name: on Windows `Path` and `PATH` are the same variable. */
function existingName(variables: Environment, name: string, platform: string): string {
  if (platform !== 'win32' || Object.hasOwn(variables, name)) return name;
  const upper = name.toUpperCase();
  return Object.keys(variables).find((other) => other.toUpperCase() === upper) ?? name;
}

/** The PATH as it is, then the platform's usual folders that it lacks: what it finds first stays first. */
function usablePath(variables: Environment, name: string, platform: string): string {
  const separator = platform === 'win32' ? ';' : ':';
  const spelled = (folder: string) => (platform === 'win32' ? folder.toLowerCase() : folder);
  const folders = (variables[name] ?? '').split(separator).filter((folder) => folder !== '');
  const present = new Set(folders.map(spelled));
  const missing = usualFolders(variables, platform).filter((folder) => !present.has(spelled(folder)));
  return [...folders, ...missing].join(separator);
}

function usualFolders(variables: Environment, platform: string): readonly string[] {
  if (platform === 'win32') {
    const root = variableOf(variables, 'SystemRoot', platform) ?? 'C:\\Windows';
    const system = `${root}\\System32`;
    return [system, root, `${system}\\Wbem`, `${system}\\WindowsPowerShell\\v1.0`];
  }
  const home = variables['HOME'];
  const ofUser = home?.startsWith('/') ? [`${home}/.local/bin`] : [];
  const homebrew = platform === 'darwin' ? ['/opt/homebrew/bin', '/opt/homebrew/sbin'] : [];
  return [...ofUser, ...homebrew, '/usr/local/bin', '/usr/local/sbin', ...SYSTEM_FOLDERS];
}

const SYSTEM_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
