// deadline: 400
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../../../build/paths.ts';

const test = suite('CONTRIBUTING.md');

const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** Code that the guide tells to put into a file, without its indentation. */
function codeFor(what: string): { readonly file: string; readonly code: string } {
  const [, file = '', code = ''] =
    new RegExp(`^   \`\`\`ts ${what} (\\S+)\\n([^]*?)^   \`\`\``, 'm').exec(guide) ?? [];
  assert.ok(file, `the guide has a block "ts ${what} FILE"`);
  return { file, code: code.replace(/^ {3}/gm, '') };
}

test('every file and folder that it names is there', () => {
  const named = [...guide.matchAll(/`((?:src|build|test)(?:\/[\w.-]+)+)`/g)].map(
    ([, path]) => path as string,
  );
  const inSources = [...guide.matchAll(/`((?:application|presentation|composition)(?:\/[\w.-]+)+)`/g)].map(
    ([, path]) => `src/${path}`,
  );
  assert.ok(named.length > 20);
  assert.equal(
    [...named, ...inSources].filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test('who follows it to add a tool has the tool', () => {
  const copy = mkdtempSync(join(tmpdir(), 'tfo-mcp-contributing-'));
  try {
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json'])
      writeFileSync(join(copy, name), readFileSync(join(root, name)));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const tool = codeFor('new');
    writeFileSync(join(copy, tool.file), tool.code);
    const entry = codeFor('entry');
    const table = readFileSync(join(copy, entry.file), 'utf8');
    const begun = table.replace(/(export const toolTable = \{\n)/, `$1${entry.code}`);
    assert.is.not(begun, table);
    writeFileSync(join(copy, entry.file), begun);
    const run = (...args: readonly string[]) =>
      execFileSync(process.execPath, ['src/main.ts', ...args], {
        cwd: copy,
        env: { ...process.env, HOME: copy },
        encoding: 'utf8',
      });
    assert.match(run('info', '--json'), '"greet"');
    assert.is(run('call', 'greet', 'name=Ada').trim(), 'Hello, Ada');
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'src-only.json'],
      {
        cwd: writeProject(copy),
      },
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
});

/** A project of the sources alone. @returns its folder */
function writeProject(folder: string): string {
  const project = { extends: './tsconfig.json', include: ['src'] };
  writeFileSync(join(folder, 'src-only.json'), JSON.stringify(project));
  return folder;
}

test.run();
