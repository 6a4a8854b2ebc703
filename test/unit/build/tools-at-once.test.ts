import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadedAtOnce } from '../../../build/tools-at-once.ts';
import { toolNames } from '../../../src/application/tools/tool-table.ts';

const test = suite('tools-at-once');

const table = readFileSync(new URL('../../../src/application/tools/tool-table.ts', import.meta.url), 'utf8');

test('every tool of the table is loaded without a promise', () => {
  const contents = loadedAtOnce(table, toolNames.length);
  assert.is(contents.match(/require\('\.\/[a-z/-]+\.ts'\)\.\w+Tool\(/g)?.length, toolNames.length);
  assert.not.match(contents, /async \(|\(await /);
});

test('a tool that is made in another way fails the build', () => {
  const other = table.replace("(await import('./echo.ts')).echoTool()", '{ return await loadEcho(); }');
  assert.is.not(other, table);
  assert.throws(() => loadedAtOnce(other, toolNames.length), /Expected 8 tools .* found 7/);
});

test.run();
