// A process that appends so many lines to a small rotating file, each as a chunk: `append-lines.ts <path> <name> <lines>`.
import process from 'node:process';
import { RotatingFile } from '../../../src/infrastructure/logging/rotating-file.ts';

const [path = '', name = '', lines = '0'] = process.argv.slice(2);
const file = new RotatingFile({ path, maxBytes: 200, maxFiles: 1000 });
for (let line = 0; line < Number(lines); line++) await file.append([`${name} ${line}\n`]);
