import type { PathPlatform } from '../paths/path-platform.ts';

/** A way to write what is sought that a glob reads as a name, and what to write instead. */
interface ForeignGlob {
  readonly form: RegExp;
  readonly instead: string;
  /** True if `\` escapes; on Windows it separates. */
  readonly isPosix?: boolean;
}

const NO_EXPRESSION = 'it is a glob, not a regular expression; write such as "*.ts" or "src/**/*.{js,ts}"';

const FOREIGN: readonly ForeignGlob[] = [
  { form: /^\^|[^/]\$$|\.\+|^\.\*.*\.\*|\([^()]*\|[^()]*\)/, instead: NO_EXPRESSION },
  // But not "\d" between two names, as in "src\domain", nor the "\." of a hidden folder.
  { form: /(?<![\w*])\\[dwsbDWS]|\\[dwsbDWS](?!\w)|(?<!\*\*)\\\.(?!\w+\\\w)/, instead: NO_EXPRESSION },
  { form: /^\[\s*"/, instead: 'it is one glob, not a list; alternatives are written "{*.js,*.ts}"' },
  {
    form: /^[^{}]*\*[^{}]*(?:[,;|]|\s\*\.)/,
    instead: 'it is one glob; alternatives are written "{*.js,*.ts}"',
  },
  { form: /[!@?+*]\(/, instead: 'extended globs are not read; alternatives are written "{a,b}"' },
  { form: /^!/, instead: '"!" at the front leaves nothing out; all that does not match is left out' },
  { form: /^(["'`]).*\1$/s, instead: 'the quotes count as part of the name' },
  { form: /^\s|\s$/, instead: 'the blanks at its ends count as part of the name' },
  {
    form: /\\/,
    instead: '"\\" takes the next character as it is; names are parted by "/"',
    isPosix: true,
  },
  {
    form: /^(?!\*\*[/\\])[^/\\]+[/\\][^/\\]/,
    instead: 'one with "/" begins at "path"; "**/" in front finds it at any depth',
  },
];

/** The reason why a pattern that found nothing was most likely meant otherwise; undefined if nothing speaks for that. */
export function foreignGlob(pattern: string, platform: PathPlatform): string | undefined {
  const found = FOREIGN.find(
    ({ form, isPosix }) => !(isPosix && platform === 'windows') && form.test(pattern),
  );
  return found && `Of "pattern": ${found.instead}`;
}
