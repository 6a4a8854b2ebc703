import { join } from 'node:path';
import { cache, runtime } from './paths.ts';
import type { ServerEntry } from './server-entry.ts';
import { onCommand, onPath } from './tools.ts';

const source = (name: string) => join(import.meta.dirname, 'floor', name);
const echo = { prefix: '' };

/** The needs of the machine, the runtime or a tool of one purpose, without being a server that anyone could use. */
export const floors: readonly ServerEntry[] = [
  {
    name: 'floor-c',
    command: join(cache, 'floor-c'),
    args: [],
    tools: { echo },
    byDefault: true,
    origin: { kind: 'compiled', source: source('echo.c') },
  },
  {
    name: 'floor-node',
    command: runtime,
    args: [source('raw-node.cjs')],
    tools: {
      echo,
      read: onPath('read_file'),
      list: onPath('list_directory'),
      search: (path, extension) => onPath('search_files', { extension })(path),
      run: onCommand('execute_command'),
    },
    byDefault: true,
    origin: { kind: 'source' },
  },
  {
    name: 'ripgrep',
    command: runtime,
    args: [source('ripgrep.cjs')],
    isWrapper: true,
    tools: { searchContent: (path, expression) => onPath('search', { expression })(path) },
    byDefault: true,
    origin: { kind: 'program', program: 'rg', hint: 'on Debian: apt install ripgrep' },
  },
];
