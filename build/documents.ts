// Checks that generated parts of documents are up to date: `node build/documents.ts`; --write renews them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generators, renewBlocks } from './generated-blocks.ts';
import { root } from './paths.ts';

/** Files that may have generated blocks. */
const files = ['README.md'];

/** Who writes the blocks, by name: `<!-- generated:NAME -->` in a document is filled by the generator here. */
const generators: Generators = {};

const write = process.argv.includes('--write');
for (const file of files) {
  const path = join(root, file);
  const current = readFileSync(path, 'utf8');
  const renewed = renewBlocks(current, generators);
  if (renewed === current) continue;
  if (write) {
    writeFileSync(path, renewed);
  } else {
    console.error(`${file} is out of date: run "make format" and read what it changed`);
    process.exitCode = 1;
  }
}
