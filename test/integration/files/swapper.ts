// Swaps without end: `node swapper.ts file|dir INSIDE OUTSIDE`, a file for a link to another or a directory for one to another.
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [what = '', inside = '', outside = ''] = process.argv.slice(2);
const at = (name: string) => join(inside, name);

let trash = 0;

/** Puts something in a place, and what is there out of the way: those who write make directories where there are none. */
function put(from: string, to: string): void {
  for (;;) {
    try {
      renameSync(at(from), at(to));
      return;
    } catch {
      renameSync(at(to), at(`trash-${trash++}`));
    }
  }
}

/** Both states last about as long. */
const linger = () => writeFileSync(at('next-file'), 'inside');

function swapFile(): void {
  linger();
  symlinkSync(join(outside, 'f'), at('next-link'));
  put('next-link', 'file');
  linger();
  put('next-file', 'file');
}

function swapDirectory(): void {
  linger();
  symlinkSync(outside, at('next-link'));
  put('dir', 'dir-aside');
  put('next-link', 'dir');
  linger();
  put('dir', `trash-${trash++}`);
  put('dir-aside', 'dir');
}

const swap = what === 'file' ? swapFile : swapDirectory;
swap();
process.stdout.write('ready\n');
for (;;) swap();
