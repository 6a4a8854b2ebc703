import { isBuiltin } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { filesOf, productBundle } from '../../../build/bundle.ts';
import { optionalFile } from '../../../build/optional-packages.ts';

const test = suite('bundle');

const { bundle, optional } = filesOf(productBundle);

/** The modules that a file asks for by `require`. */
const askedBy = (file: Buffer): string[] =>
  [...file.toString().matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);

for (const [name, file] of [
  ['the bundle', bundle],
  [optionalFile, optional],
] as const) {
  test(`${name} asks for modules of Node.js alone: others it would take from wherever it lies`, () => {
    const beside = `./${optionalFile}`;
    assert.equal(
      askedBy(file).filter((asked) => !isBuiltin(asked) && asked !== beside),
      [],
    );
  });

  test(`${name} is ASCII: it is read as Latin-1, and with a character above U+00FF kept in twice the memory`, () => {
    const found = file.toString().match(/.{0,40}[^\0-\x7f]/u);
    assert.is(found?.[0], undefined, 'write it as an escape; in expressions nothing else does');
  });
}

test('modules that are asked for are found', () => assert.ok(askedBy(bundle).includes('node:fs')));

test.run();
