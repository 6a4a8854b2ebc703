/** The start of a walk. */
export interface TreeRoot {
  /** Absolute, as the caller named it. */
  readonly named: string;
  /** Absolute, every link followed. */
  readonly real: string;
  /** True if a real path below it is a sensitive place; absent if none can be. */
  readonly isSensitive: ((path: string) => boolean) | undefined;
}

/** The real path of what lies below the root. @param path relative, with `/` between and, for a directory, behind its names */
export function withinRoot({ real }: Pick<TreeRoot, 'real'>, path: string): string {
  const names = path.endsWith('/') ? path.slice(0, -1) : path;
  if (names === '') return real;
  if (process.platform === 'win32')
    return `${real.endsWith('\\') ? real : `${real}\\`}${names.replaceAll('/', '\\')}`;
  return real === '/' ? `/${names}` : `${real}/${names}`;
}

/** On which level the names in a directory are: 1 at the root. @param path relative; empty, or with a trailing `/` */
export const levelOf = (path: string): number => path.split('/').length;
