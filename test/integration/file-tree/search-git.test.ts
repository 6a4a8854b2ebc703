// deadline: 400
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../../support/skip.ts';
import { TreeFixture } from './tree-fixture.ts';

const test = suite('file tree: what is ignored is what git says');

const environment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', args, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

function hasGit(): boolean {
  try {
    return git('/', '--version').startsWith('git');
  } catch {
    return false;
  }
}

/** Files that git shows as untracked; of a repository within another, which it names as such, its own. */
const untracked = (folder: string): string[] =>
  git(folder, 'ls-files', '-o', '--exclude-standard', '-z')
    .split('\0')
    .filter((path) => path !== '')
    .flatMap((path) =>
      path.endsWith('/') ? untracked(join(folder, path)).map((inner) => path + inner) : [path],
    );

const isFolder = (path: string) => existsSync(path) && lstatSync(path).isDirectory();

interface Layout {
  readonly files: readonly string[];
  /** Texts of rules by the folder that they are in. */
  readonly rules: Readonly<Record<string, string>>;
  readonly excluded: string;
  readonly nested: readonly string[];
}

function build({ inside }: TreeFixture, { files, rules, excluded, nested }: Layout): string[] {
  const write = (path: string, text: string) => {
    const full = join(inside, path);
    try {
      mkdirSync(dirname(full), { recursive: true });
      if (!existsSync(full)) writeFileSync(full, text, 'latin1');
    } catch {
      // a file is where a folder would be
    }
  };
  for (const path of files) write(path, '');
  for (const [folder, text] of Object.entries(rules)) write(join(folder, '.gitignore'), text);
  const repositories = ['', ...nested.filter((folder) => isFolder(join(inside, folder)))];
  for (const folder of repositories) git(join(inside, folder), 'init', '-q');
  writeFileSync(join(inside, '.git/info/exclude'), excluded, 'latin1');
  return repositories;
}

async function compare(layout: Layout, links: Readonly<Record<string, string>> = {}): Promise<void> {
  const fixture = new TreeFixture([]);
  try {
    const repositories = build(fixture, layout);
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(fixture.inside, path));
    const expected = untracked(fixture.inside);
    const all = { limit: 10_000 };
    assert.equal((await fixture.found('*', all)).sort(), expected.sort(), JSON.stringify(layout));
    // From a folder that is not ignored, the same is there.
    const folder = expected.map((path) => dirname(path)).find((path) => path.includes('/'));
    if (folder === undefined || repositories.length > 1) return;
    const below = expected.flatMap((path) =>
      path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : [],
    );
    const path = join(fixture.inside, folder);
    assert.equal((await fixture.found('*', { ...all, path })).sort(), below.sort(), JSON.stringify(layout));
  } finally {
    fixture.remove();
  }
}

const names = [
  'a',
  'b',
  'ab',
  'A',
  'a.o',
  'b.log',
  '.x',
  'é',
  'build',
  'a b',
  'a ',
  '#c',
  '!d',
  '[e]',
  'f\\g',
  '-',
];

/** Rules and lists of rules, one per kind that readers of such files get wrong. */
const texts: readonly string[] = [
  'build\n',
  'build/\n',
  '/build\n',
  'a/build\n',
  '*.log\n!b.log\n',
  'a/*\n!a/b\n',
  'a/\n!a/b\n',
  'a/**\n',
  'a/**\n!a/b/\n!a/b/**\n',
  '**/b\n',
  '**/a/b\n',
  'a/**/b\n',
  '**\n!**/\n!*.o\n',
  '*\n!*/\n!*.o\n',
  'a*/b\n',
  'a**\n',
  '*/*/b\n',
  'a \n',
  'a\\ \n',
  'a b  \n',
  'a\\ b\n',
  ' a\n',
  'a\t\n',
  'build\r\nb.log\r\n',
  'build/\r\n',
  '\ufeffbuild\nb.log\n',
  '\xef\xbb\xbfbuild\nb.log\n',
  '#c\n',
  '\\#c\n',
  '!d\n',
  '\\!d\n',
  'a\n!a\na\n',
  '!\n/\n//\n\n \n',
  '[ab]\n',
  '[!a]\n',
  '[^a-b]\n',
  '[a-]\n',
  '[]-]\n',
  '[]\n',
  '[a\n',
  '[[:alpha:]]\n',
  '[[:upper:]]\n',
  '[[:nothing:]]\n',
  '[[:alpha:]\n',
  '\\[e]\n',
  '[[]e]\n',
  '[\\]a]\n',
  'f\\g\n',
  'f\\\\g\n',
  'a\\\n',
  '?\n',
  '??\n',
  'caf\xe9\n',
  '\xc3\xa9\n',
  '[\xc3\xa9]\n',
  '\xc3?\n',
  'a\0b\n',
  'A\n',
  'foo//\na//b\n',
  '/a/\n',
  '/*\n!/a\n/a/*\n!/a/b\n',
  'a/b/\n',
  '**/\n',
  '/**/b\n',
  '*.\n*.*\n',
  '.*\n',
  '-\n',
  'b.log',
];

const files = [
  ...names.flatMap((name) => [name, `b.d/${name}`]),
  ...['a/b', 'a/a', 'a/b/b', 'a/b/a.o', 'build/x', 'web/build/x', 'web/a/b/x', 'a.d/a/b/c', 'é.d/b.log'],
  ...['foo/x', 'x/a/c/b', 'x/a/b', 'ab/c/b'],
];

if (hasGit()) {
  test('for every kind of rule, in a folder and in info/exclude', async () => {
    const folders = texts.map((_, at) => `kind${at}`);
    await compare({
      files: folders.flatMap((folder) => files.map((path) => `${folder}/${path}`)),
      rules: Object.fromEntries(folders.map((folder, at) => [folder, texts[at] as string])),
      excluded: '*.o\n!kind2/\n/kind3/*\n',
      nested: ['kind4', 'kind5/web'],
    });
  });

  for (const text of texts.filter((_, at) => at % 13 === 0))
    test(`for rules above a folder's own: ${JSON.stringify(text)}`, async () => {
      const rules = { '': text, web: '!build\n!*.o\n', a: 'b\n!x\n' };
      await compare({ files, rules, excluded: texts.join(''), nested: [] });
    });

  test('links are no folders', async () => {
    const links = { link: 'a', build2: 'build', circle: 'circle' };
    for (const text of ['link/\n', 'link\n', 'build*/\n', 'circle/\n'])
      await compare({ files, rules: { '': text }, excluded: '', nested: [] }, links);
  });

  test('for layouts that nobody thought of', async () => {
    const name = fc.constantFrom(...names);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const piece = fc.constantFrom(
      ...names.map((one) => one.replace(/[[\]\\#!]/g, '\\$&')),
      ...['*', '**', '?', '[ab]', '[!a]', '*.o', 'a*', '*b', '[a-b]*', '\\a', '**/', '/**'],
    );
    const separated = fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const rule = fc
      .tuple(
        fc.constantFrom('', '', '!', '/', '!/'),
        separated,
        fc.constantFrom('', '', '/', ' ', '\\ ', '\r'),
      )
      .map((parts) => parts.join('').replace(/\/{2,}/g, '/'));
    const text = fc
      .array(rule, { maxLength: 5 })
      .map((lines) => Buffer.from(lines.join('\n')).toString('latin1'));
    const layout = fc.record({
      files: fc.array(path, { minLength: 4, maxLength: 16 }),
      rules: fc.dictionary(fc.constantFrom('', 'a', 'b', 'a/b', 'build', 'ab'), text),
      excluded: text,
      nested: fc.subarray(['a', 'a/b', 'build'], { maxLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(layout, (made) => compare(made)),
      { numRuns: 20 },
    );
  });
} else skip(test, 'git', 'random layouts');

test.run();
