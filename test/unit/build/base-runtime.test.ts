import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fingerprintOf } from '../../../build/base-runtime.ts';
import { root } from '../../../build/paths.ts';
import { productDescription } from '../../../build/product-description.ts';

const test = suite('base runtime');

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

for (const name of ['resedit', 'pe-library']) {
  const version = `${name}@${packages[`node_modules/${name}`].version}`;
  test(`the runtime for Windows is made anew by another ${name}`, () => {
    assert.match(fingerprintOf('win-x64', null, productDescription('win-x64')), version);
  });
}

test('a runtime that is not described is not made anew for what describes others', () => {
  assert.not.match(fingerprintOf('linux-x64', null, undefined), 'resedit');
});

test.run();
