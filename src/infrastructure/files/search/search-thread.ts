import { sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BatchReport, SearchBatch, WorkerSettings } from './search-messages.ts';
import { searchWorkerSource } from './worker/search-worker.ts';

/** A worker that nobody needs ends after so long, milliseconds. */
const IDLE_MS = 30_000;
const MAX_FOLDERS = 128;
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_LINE_LENGTH = 500;

interface Waiting {
  resolve(report: BatchReport): void;
  reject(error: unknown): void;
}

/** One worker. It keeps the process running only while it is busy. */
export class SearchThread {
  private readonly clock = new Float64Array(new SharedArrayBuffer(16));
  /** Resolves when the worker has ended. */
  readonly exited: Promise<void>;
  private readonly worker: Worker;
  private readonly onRetired: () => void;
  private waiting: Waiting | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** @param onRetired called when it takes no more work, at least once */
  constructor(onRetired: () => void) {
    this.onRetired = onRetired;
    const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
    this.exited = exited;
    const workerData: WorkerSettings = {
      clock: this.clock,
      isLinux: process.platform === 'linux',
      foldsCase: process.platform === 'win32' || process.platform === 'darwin',
      separator: sep,
      maxFolders: MAX_FOLDERS,
      maxFileBytes: MAX_FILE_BYTES,
      maxLineLength: MAX_LINE_LENGTH,
    };
    this.worker = new Worker(searchWorkerSource(), { eval: true, workerData, execArgv: [], env: {} });
    this.worker.on('message', (report: BatchReport) => this.rest()?.resolve(report));
    let failure: unknown;
    this.worker.on('error', (error) => {
      failure = error;
    });
    this.worker.on('exit', () => {
      onRetired();
      exit();
      const waiting = this.rest();
      clearTimeout(this.idle);
      waiting?.reject(failure ?? new Error('Expected the worker of a search to go on, it ended'));
    });
    this.rest();
  }

  get isBusy(): boolean {
    return this.waiting !== undefined;
  }

  /** Hands over a batch; the one before must be done. Rejects when the worker fails or is ended. */
  run(batch: SearchBatch): Promise<BatchReport> {
    clearTimeout(this.idle);
    this.clock.fill(0);
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(batch);
    });
  }

  /** Milliseconds that the regular expressions of this batch, or of the last one, have been running. */
  matchesFor(): number {
    const [started = 0, before = 0] = this.clock;
    return before + (started === 0 ? 0 : performance.timeOrigin + performance.now() - started);
  }

  /** Ends the worker, as soon as what it does can be interrupted; its batch fails with the reason at once. */
  end(reason: Error): void {
    this.onRetired();
    this.rest()?.reject(reason);
    void this.worker.terminate();
  }

  /** Keeps the process running no longer, and itself for a while. */
  private rest(): Waiting | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.worker.unref(); // only now: whoever listens to a worker holds on to it
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.onRetired(); // before it has ended: what is handed over until then would be lost
      void this.worker.terminate();
    }, IDLE_MS).unref();
    return waiting;
  }
}
