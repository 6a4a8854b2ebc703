import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Puts a link to `target` in a folder's place and the folder back, as fast as it can, until it is stopped. */
export class SwapLoop {
  private readonly worker: Worker;
  private readonly ended: Promise<unknown>;
  private readonly flags = new Int32Array(new SharedArrayBuffer(4));

  /** @param aside an empty directory's name, in which what is not in place is kept */
  constructor(folder: string, target: string, aside: string) {
    mkdirSync(aside);
    const link = join(aside, 'link');
    symlinkSync(target, link);
    const workerData = { flags: this.flags, folder, link, kept: join(aside, 'folder') };
    this.worker = new Worker(
      `const { flags, folder, link, kept } = require('node:worker_threads').workerData;
       const { renameSync } = require('node:fs');
       while (Atomics.load(flags, 0) === 0) {
         renameSync(folder, kept);
         renameSync(link, folder);
         renameSync(folder, link);
         renameSync(kept, folder);
       }`,
      { eval: true, workerData },
    );
    this.ended = new Promise((resolve) => this.worker.on('exit', resolve));
  }

  /** Resolves when the folder is back for good. */
  async stop(): Promise<void> {
    Atomics.store(this.flags, 0, 1);
    await this.ended;
  }
}
