import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root, runtime } from '../paths.ts';
import { killTree } from '../process-tree.ts';

export type Era = 'modern' | 'legacy';

/** A server under test, of the eras that it is measured in. */
export interface HttpServer {
  readonly name: string;
  readonly eras: readonly Era[];
  readonly command: () => readonly [string, ...string[]];
  /** Text that echo answers before the message. */
  readonly prefix: string;
}

const bench = join(import.meta.dirname, '..');
const zod = { zod: '4.6.7' };

export const servers: readonly HttpServer[] = [
  {
    name: 'ours',
    eras: ['modern', 'legacy'],
    command: () => [join(root, 'dist/tfo-mcp'), 'serve', '--transport', 'http', '--port', '0'],
    prefix: 'Echo: ',
  },
  {
    name: 'floor-http',
    eras: ['modern', 'legacy'],
    command: () => [runtime, join(bench, 'floor/raw-http.cjs')],
    prefix: '',
  },
  {
    name: 'sdk-v1',
    eras: ['legacy'],
    command: () => [runtime, install('sdk-v1-http', { '@modelcontextprotocol/sdk': '1.32.2', ...zod })],
    prefix: '',
  },
  {
    name: 'sdk-v2',
    eras: ['modern'],
    command: () => [
      runtime,
      install('sdk-v2-http', {
        '@modelcontextprotocol/server': '2.4.0',
        '@modelcontextprotocol/node': '2.1.2',
        ...zod,
      }),
    ],
    prefix: '',
  },
];

/** Installs a peer in a folder of its own, once. @returns its file */
function install(name: string, dependencies: Readonly<Record<string, string>>): string {
  const folder = join(cache, 'peers', name);
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies });
  const marker = join(folder, '.installed');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== manifest) {
    console.error(`Installing ${name} from npm ...`);
    writeFileSync(join(folder, 'package.json'), manifest);
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(marker, manifest);
  }
  copyFileSync(join(bench, 'peers', `${name}.mjs`), join(folder, 'server.mjs'));
  return join(folder, 'server.mjs');
}

export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Runs `work` on a fresh process that listens, and always ends it. */
export async function onServer<T>(
  [command, ...args]: readonly [string, ...string[]],
  work: (running: Running) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const home = join(cache, 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn(command, args, {
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /"port":(\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(Number(found));
      });
      child.once('exit', () => reject(new Error(`${command} ended: ${said}`)));
    });
    return await work({ pid: child.pid as number, port });
  } finally {
    if (child.pid !== undefined) killTree(child.pid);
  }
}
