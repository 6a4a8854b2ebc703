import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { violationsOf } from '../../../build/layer-violations.ts';

const test = suite('layer violations');

const forms = {
  'a side effect': `import 'node:fs';`,
  'a default import': `import fs from "node:fs";`,
  'names over several lines': `import {\n  // what isn't needed\n  readFile,\n} from 'node:fs';`,
  'a type': `import type { Stats } from 'node:fs';`,
  'a type expression': `export type Stats = import('node:fs').Stats;`,
  'an export from': `export { readFile } from 'node:fs';`,
  everything: `export * from 'node:fs';`,
  'a dynamic import': `const fs = await import('node:fs');`,
  'a template': 'const fs = await import(`node:fs`);',
  'a require': `const fs = require('node:fs');`,
};

for (const [form, source] of Object.entries(forms)) {
  test(`the check finds ${form}`, async () => {
    assert.equal(await violationsOf('domain/session/session.ts', source), ['domain may not import node:fs']);
    assert.equal(await violationsOf('infrastructure/files/files.ts', source), []);
  });
}

test('the check knows the modules of Node.js without their prefix', async () => {
  assert.equal(await violationsOf('domain/session/session.ts', `import 'fs';`), ['domain may not import fs']);
  assert.equal(await violationsOf('main.ts', `import 'fs';`), []);
});

test('the check resolves a relative import before it judges', async () => {
  const source = `import '../session/../../application/ports/clock.ts'; import '../shared/json.ts';`;
  assert.equal(await violationsOf('domain/session/session.ts', source), [
    'domain may not import ../session/../../application/ports/clock.ts',
  ]);
});

test('the check takes the folder that fits best as the layer', async () => {
  const source = `import '../legacy/codec.ts'; import '../classify.ts'; import { string } from 'valibot';`;
  assert.equal(await violationsOf('presentation/protocol/modern/codec.ts', source), [
    'presentation/protocol/modern may not import ../legacy/codec.ts',
  ]);
  assert.equal(await violationsOf('presentation/protocol/classify.ts', `import './legacy/codec.ts';`), []);
});

test('the check refuses an import that nobody can read', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the source's own
  for (const source of ['import(name)', 'import(`./${name}.ts`)', 'require(name)']) {
    assert.equal(await violationsOf('main.ts', source), [
      'main.ts may not import what only a variable names',
    ]);
  }
});

test('the check knows a global from what has its name', async () => {
  const innocent = `
    // the process and its console
    export const process = { console: 'process' };
    export const date = (Date: { now(): number }) => Date.now() + process.console.length;`;
  assert.equal(await violationsOf('domain/shared/json.ts', innocent), []);
  for (const [source, global] of [
    ['const { env } = process;', 'process'],
    ['export const pid = () => globalThis.process.pid;', 'process'],
    ['console.log(1);', 'console'],
    ['export const at = new Date();', 'Date'],
    ['export const one = Math.random();', 'Math.random'],
  ]) {
    assert.equal(await violationsOf('domain/shared/json.ts', source ?? ''), [`domain may not use ${global}`]);
  }
});

test('the check refuses a file outside the layers', async () => {
  assert.equal(await violationsOf('lib/json.ts', ''), ['belongs to no layer of build/layer-rules.ts']);
});

test.run();
