import type { PathPlatform } from './path-platform.ts';

/** A form of paths that name nothing here, and the place that they were most likely meant for. */
interface ForeignForm {
  readonly form: RegExp;
  readonly why: (path: string) => string;
}

/**
 * Placeholders that only a shell, an editor or a template would have replaced before a system sees it; at the front, as a whole name.
 */
const UNEXPANDED: readonly ForeignForm[] = [
  {
    // "$userId" and "[id]" are names of routes; variables of the environment are in capitals.
    form: /^(?:\$(?:[A-Z_][A-Z0-9_]*|[eE]nv:\w+|\{[^/\\}]*\}|\([^/\\)]*\))|%[\w()]+%)(?=[/\\]|$)/,
    why: (path) => `nobody has replaced ${JSON.stringify(path.split(/[/\\]/, 1)[0])} in it`,
  },
  {
    form: /^(?:<[^/\\<>]+>|`[^/\\`]+`)[/\\]/,
    why: (path) => `nobody has replaced ${JSON.stringify(path.split(/[/\\]/, 1)[0])} in it`,
  },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that a name may hold, and nobody types
  { form: /[\u0001-\u001f\u007f]/, why: () => 'it holds a control character, such as the end of a line' },
  { form: /^\s|\s$/, why: () => 'the blanks at its ends count as part of the name' },
  { form: /^~[a-z_][\w-]*(?=[/\\]|$)/i, why: () => 'only "~" alone means a home directory' },
  { form: /^(?:[a-z][a-z0-9+.-]+:\/\/|https?:\/)/i, why: () => 'it is a URL; only those of files are paths' },
  { form: /^file:/i, why: () => 'a file URI has a "/" behind "file:"' },
  { form: /^(["'`]).+\1$/s, why: () => 'the quotes count as part of the name' },
];

const WINDOWS = 'it has the form of a Windows path';

const FOREIGN: Readonly<Record<'posix' | 'windows', readonly ForeignForm[]>> = {
  posix: [
    {
      form: /^\/?[a-z]:(?:[/\\]|$)/i,
      why: (path) => `${WINDOWS}; under WSL it is ${JSON.stringify(mounted(path))}`,
    },
    {
      // A: and B: were the drives of floppies; "a:b" is more likely a name.
      form: /^[c-z]:[^/\\]/i,
      why: (path) =>
        `${WINDOWS}, relative to a folder of its drive; here it may be ${JSON.stringify(withSlashes(path.slice(2)))}`,
    },
    { form: /^\\/, why: () => WINDOWS },
    {
      // systemd escapes characters of its own by `\x2d` and the like.
      form: /\\(?!x[0-9a-f]{2})/i,
      why: (path) => `here "/" parts names, as in ${JSON.stringify(withSlashes(path))}`,
    },
  ],
  windows: [
    {
      form: /^[/\\](?:mnt[/\\]|cygdrive[/\\])?[a-z](?:[/\\]|$)/i,
      why: (path) => `here it is ${JSON.stringify(withDrive(path))}`,
    },
    {
      form: /^\/(?:home|users|root|tmp|var|etc|usr|opt|srv|mnt|private|volumes|workspaces?)(?:\/|$)/i,
      why: () => 'it has the form of a path of Linux or macOS; begin it with a drive',
    },
  ],
};

/**
 * The reason why a path, as given, that names nothing here must not come to be: it has another system's form, or a placeholder that
 * was never replaced. Undefined if nothing speaks against it; a path that begins with `./` is meant as it stands.
 */
export function foreignPath(path: string, platform: PathPlatform): string | undefined {
  if (path.startsWith('./')) return undefined;
  const forms = [...UNEXPANDED, ...FOREIGN[platform === 'windows' ? 'windows' : 'posix']];
  return forms.find(({ form }) => form.test(path))?.why(path);
}

/** Both what a shell's `\ ` and what Windows' separators would have been. */
const withSlashes = (path: string) => path.replaceAll('\\ ', ' ').replaceAll('\\', '/');

/** The path at which the Windows Subsystem for Linux has a drive. */
const mounted = (path: string) =>
  withSlashes(path.replace(/^\/?([a-z]):/i, (_, drive: string) => `/mnt/${drive.toLowerCase()}`));

function withDrive(path: string): string {
  const [drive = '', ...names] = path.split(/[/\\]/).filter((name) => !/^(?:|mnt|cygdrive)$/i.test(name));
  return `${drive.toUpperCase()}:\\${names.join('\\')}`;
}
