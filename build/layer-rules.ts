/** Things that the code below one path of `src` may reach. */
export interface Layer {
  /** A folder or file below `src`; of the rows that contain a file, the longest path is its layer. */
  readonly path: string;
  /** Paths below `src` that it may import. */
  readonly imports: readonly string[];
  /** Paths within those that it may not. */
  readonly except?: readonly string[];
  readonly packages: readonly string[] | 'any';
  /** True if it may import Node.js's own modules. */
  readonly node: boolean;
  /** Globals, or their properties, that it may not use. */
  readonly withoutGlobals: readonly string[];
}

const host = ['process', 'console', 'Buffer'];
const clockAndChance = ['Date', 'performance', 'setTimeout', 'setInterval', 'crypto', 'Math.random', 'fetch'];
const schemas = ['valibot', '@valibot/to-json-schema'];
const protocol = {
  imports: ['domain', 'application', 'presentation/jsonrpc', 'presentation/protocol'],
  packages: schemas,
  node: false,
  withoutGlobals: host,
} as const;

/** domain ← application ← { infrastructure, presentation } ← composition ← main.ts, and what follows from it. */
export const layers: readonly Layer[] = [
  {
    path: 'domain',
    imports: ['domain'],
    packages: [],
    node: false,
    withoutGlobals: [...host, ...clockAndChance],
  },
  {
    path: 'application',
    imports: ['domain', 'application'],
    packages: schemas,
    node: false,
    withoutGlobals: host,
  },
  {
    path: 'infrastructure',
    imports: ['domain', 'application', 'infrastructure'],
    packages: 'any',
    node: true,
    withoutGlobals: [],
  },
  {
    path: 'presentation/jsonrpc',
    imports: ['domain', 'application', 'presentation/jsonrpc'],
    packages: [],
    node: false,
    withoutGlobals: host,
  },
  { path: 'presentation/protocol', ...protocol },
  { path: 'presentation/protocol/legacy', ...protocol, except: ['presentation/protocol/modern'] },
  { path: 'presentation/protocol/modern', ...protocol, except: ['presentation/protocol/legacy'] },
  {
    path: 'presentation/transport',
    imports: ['domain', 'application', 'presentation'],
    except: ['presentation/cli'],
    packages: 'any',
    node: true,
    withoutGlobals: [],
  },
  {
    path: 'presentation/cli',
    imports: ['domain', 'application', 'presentation'],
    packages: 'any',
    node: true,
    withoutGlobals: [],
  },
  {
    path: 'composition',
    imports: ['domain', 'application', 'infrastructure', 'presentation', 'composition'],
    packages: 'any',
    node: true,
    withoutGlobals: [],
  },
  { path: 'main.ts', imports: ['.'], packages: 'any', node: true, withoutGlobals: [] },
];

/** True if `path` is `folder` or lies in it; both are relative to the same root. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' ? !path.startsWith('../') : path === folder || path.startsWith(`${folder}/`);
}

export function layerOf(file: string): Layer | undefined {
  return layers.filter(({ path }) => isWithin(file, path)).sort((a, b) => b.path.length - a.path.length)[0];
}
