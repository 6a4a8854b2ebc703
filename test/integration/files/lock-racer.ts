// In each round waits until all racers are ready, then tries for a lock that is stale; says whether it got it.

import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { dropStaleLock, takeLock } from '../../../src/infrastructure/files/write/file-lock.ts';

const { folder, rounds, racers, staleMs, ready } = workerData as {
  readonly folder: string;
  readonly rounds: number;
  readonly racers: number;
  readonly staleMs: number;
  readonly ready: Int32Array;
};
process.setMaxListeners(0); // a process has few locks
const got: boolean[] = [];
for (let round = 0; round < rounds; round++) {
  const path = join(folder, `${round}.lock`);
  Atomics.add(ready, round, 1);
  while (Atomics.load(ready, round) < racers); // all go at the same moment, which no event would do
  await dropStaleLock(path, staleMs);
  const lock = await takeLock(path);
  got.push(lock !== undefined);
}
parentPort?.postMessage(got);
