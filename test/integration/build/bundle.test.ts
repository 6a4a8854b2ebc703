import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { productBundle } from '../../../build/bundle.ts';

const test = suite('bundle');

test('the bundle asks for modules of Node.js alone: others it would take from wherever it lies', () => {
  const asked = readFileSync(productBundle, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g);
  const names = new Set([...asked].map(([, name = '']) => name));
  assert.ok(names.has('node:fs'));
  assert.equal(
    [...names].filter((name) => !isBuiltin(name)),
    [],
  );
});

test.run();
