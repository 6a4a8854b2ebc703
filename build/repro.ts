// Makes the whole release twice, in different folders and surroundings, and compares every file: `node build/repro.ts`.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256Of } from './base-lock.ts';
import { cache, root } from './paths.ts';
import { stripTool } from './strip-tool.ts';

/** Circumstances that must not matter: where, in which zone and language, and with which rights for new files it is made. */
const surroundings = [
  { name: 'a', umask: '022', env: { TZ: 'UTC', LC_ALL: 'C' } },
  { name: 'another-and-longer-one', umask: '077', env: { TZ: 'Pacific/Auckland', LC_ALL: 'C.UTF-8' } },
];

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-repro-'));
try {
  const [first, second] = surroundings.map((place) => make(join(folder, place.name), place));
  compare(first ?? new Map(), second ?? new Map());
} finally {
  rmSync(folder, { recursive: true });
}

/** Makes the release of these sources in a folder. Returns the sha256 of each file of it. */
function make(copy: string, { umask, env }: (typeof surroundings)[number]): Map<string, string> {
  console.log(`In ${copy}, ${env.TZ}, ${env.LC_ALL}, umask ${umask}:`);
  copySources(copy);
  const node = join(copy, 'node_modules/.bin/node');
  const options = { cwd: copy, env: { ...process.env, ...env }, stdio: 'inherit' } as const;
  const script = `umask ${umask} && "${node}" build/dist.ts && "${node}" build/release.ts`;
  execFileSync('/bin/sh', ['-c', script], options);
  const files = globSync('dist/**', { cwd: copy, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(copy.length + 1), sha256Of(readFileSync(path))];
    }),
  );
}

/** The sources as they are here, changes included, with what npm delivered. */
function copySources(copy: string): void {
  execFileSync('git', ['clone', '--quiet', '--no-checkout', root, copy]);
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const name of names.split('\0').filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  execFileSync('git', ['reset', '--quiet'], { cwd: copy });
  cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  const downloads = join(cache, 'npm');
  mkdirSync(downloads, { recursive: true });
  mkdirSync(join(copy, '.cache'));
  symlinkSync(downloads, join(copy, '.cache/npm'));
}

function compare(first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): void {
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  for (const name of names) {
    const same = first.get(name) === second.get(name);
    console.log(same ? `same       ${first.get(name)}  ${name}` : `DIFFERENT  ${name}`);
    if (!same) process.exitCode = 1;
  }
  console.log(
    `Symbols were taken by: ${stripTool('linux-arm64')?.version.replace(/\s*\n\s*/g, ', ') ?? 'nothing'}`,
  );
}
