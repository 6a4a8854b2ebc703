// Writes in the folder that the first argument names, on a file system of 64 KiB, and prints what came of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { PathGuard } from '../../../src/infrastructure/files/guard/path-guard.ts';
import { NodeFiles } from '../../../src/infrastructure/files/node-files.ts';
import { overwriteInPlace } from '../../../src/infrastructure/files/write/write-in-place.ts';
import { failureOf } from '../../support/failure.ts';

const folder = process.argv[2] ?? '';
const guard = new PathGuard({ platform: 'linux', homeDirectory: '/root', environment: {}, sensitive: [] });
const files = new NodeFiles(guard);
const grant = { directories: [folder], advice: '' };
const old = 'old line\n'.repeat(3000);
writeFileSync(join(folder, 'a'), old);

const messageOf = async (work: Promise<unknown>) => (await failureOf(work)).message;
const content = Buffer.alloc(100_000, 'x');
const append = { path: 'a', content, mode: 'append', createDirectories: false, dryRun: false } as const;
const appended = await messageOf(files.write(append, grant, new AbortController().signal));
const isKept = readFileSync(join(folder, 'a'), 'utf8') === old;
const handle = await open(join(folder, 'a'), 'r+');
const overwritten = await messageOf(overwriteInPlace(handle, content, await handle.stat()));
const isStillKept = readFileSync(join(folder, 'a'), 'utf8') === old;
await overwriteInPlace(handle, Buffer.from('short'), await handle.stat());
await handle.close();
const shortened = readFileSync(join(folder, 'a'), 'utf8');
console.log(JSON.stringify({ appended, isKept, overwritten, isStillKept, shortened }));
