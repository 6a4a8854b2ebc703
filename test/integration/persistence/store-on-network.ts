// Mounts a file system of FUSE on the folder that the first argument names, tries to store there, and prints what came of it.
import { spawnSync } from 'node:child_process';
import { openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { SqliteDatabase } from '../../../src/infrastructure/persistence/sqlite/sqlite-database.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { changeTo } from '../../support/contract-store.ts';
import { failureOf } from '../../support/failure.ts';

/** Operations of <linux/fuse.h>, and the lengths of their answers. */
const [LOOKUP, GETATTR, STATFS, INIT] = [1, 3, 17, 26];
const [ATTR_BYTES, STATFS_BYTES, INIT_BYTES] = [104, 80, 64];
const ENOENT = -2;
const ENOSYS = -38;

/** A folder, of an empty file system. */
function answerTo(operation: number): Buffer | number {
  if (operation === LOOKUP) return ENOENT;
  if (operation === STATFS) return Buffer.alloc(STATFS_BYTES);
  if (operation === INIT) {
    const answer = Buffer.alloc(INIT_BYTES);
    for (const [at, value] of [7, 31].entries()) answer.writeUInt32LE(value, at * 4); // version 7.31
    answer.writeUInt32LE(4096, 20); // the most bytes of a write
    return answer;
  }
  if (operation !== GETATTR) return ENOSYS;
  const answer = Buffer.alloc(ATTR_BYTES);
  answer.writeBigUInt64LE(1n, 16);
  answer.writeUInt32LE(0o40755, 76);
  answer.writeUInt32LE(2, 80);
  return answer;
}

/** Answers the kernel for ever, in a thread of its own: who asks may be blocked meanwhile. */
function serve(descriptor: number): void {
  const request = Buffer.alloc(135_168);
  for (;;) {
    readSync(descriptor, request);
    const answer = answerTo(request.readUInt32LE(4));
    const [error, body] = typeof answer === 'number' ? [answer, Buffer.alloc(0)] : [0, answer];
    const header = Buffer.alloc(16);
    header.writeUInt32LE(16 + body.length, 0);
    header.writeInt32LE(error, 4);
    request.copy(header, 8, 8, 16);
    writeSync(descriptor, Buffer.concat([header, body]));
  }
}

if (isMainThread) {
  const folder = process.argv[2] ?? '';
  const descriptor = openSync('/dev/fuse', 'r+');
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0';
  const { stderr } = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'none', folder], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    encoding: 'utf8',
  });
  if (stderr) writeSync(2, stderr);
  new Worker(import.meta.filename, { workerData: descriptor });
  const store = new SqliteStore(new SqliteDatabase({ path: join(folder, 'tfo.db') }));
  writeSync(1, `${(await failureOf(store.commit([changeTo('a')]))).message}\n`);
  process.kill(process.pid, 'SIGKILL'); // the other thread waits in the kernel: it would never end
} else serve(workerData);
