import type * as Sqlite from 'node:sqlite';
import type * as Threads from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { addressOf } from './inspect-database.ts';
import { type Connection, statementOf } from './transaction.ts';

/** Pages of 4 KiB in the log from which on they are moved into the file: 4 MiB. */
const LIMIT_PAGES = 1024;

/** Others that go on writing keep the log from beginning anew; at so many times the limit they have to wait. */
const MOST_LIMITS = 4;

/** Milliseconds for which readers may keep the log from beginning anew; writers wait meanwhile. */
const PATIENCE_MS = 500;

const IDLE_MS = 1000;

/** Milliseconds to leave it to another process that has begun. */
const ELSEWHERE_MS = 100;

/** Answer to `pragma wal_checkpoint`: pages of the log, and those of them that are in the file. */
interface LogState {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

interface CheckpointSettings {
  readonly address: string;
  readonly patienceMs: number;
}

/**
 * Moves what is in a database's log into its file, in a worker: that waits for the disk. The worker ends when there was nothing to do
 * for a moment, since it has a third of this process's memory; starting one takes fifty times as long as a checkpoint.
 */
export class Checkpoints {
  private readonly address: string;
  private readonly limit: number;
  /** Processes share a file: with the same limit, all would begin at the same moment. */
  private readonly share = 1 + Math.random() / 2;
  private worker: Worker | undefined;
  private running: Promise<LogState | undefined> | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** Another process is at it; as `performance.now()`. */
  private notBefore = 0;
  /** Pages of the log below which nothing is tried, since the last time brought nothing. */
  private pause = 0;

  /** @param limit in pages */
  constructor(path: string, limit = LIMIT_PAGES) {
    this.address = addressOf(path, 'rw').href;
    this.limit = limit;
  }

  /** Looks at the log, which takes 2 µs, and starts a checkpoint where it has become long. Never throws. */
  afterWrite(connection: Connection): void {
    if (this.running !== undefined || performance.now() < this.notBefore) return;
    const state = logStateOf(connection);
    if (state === undefined) return;
    const { log, checkpointed } = state;
    if (log < this.limit) this.pause = 0; // it has begun anew
    if (log - checkpointed < this.limit * this.share || log < this.pause) return;
    void this.run(this.limit * MOST_LIMITS).then((after) => {
      if (after?.busy === 1) this.notBefore = performance.now() + ELSEWHERE_MS * (1 + Math.random());
      else if (after === undefined || after.log - after.checkpointed >= this.limit)
        this.pause = log + this.limit;
    });
  }

  /**
   * Moves everything into the file and empties the log: what was deleted is then nowhere any more.
   * @returns false where other processes kept it from that
   */
  async truncate(): Promise<boolean> {
    await this.rest();
    const state = this.run(-1);
    await this.rest();
    return (await state)?.busy === 0;
  }

  /** Ends the worker, after what it does. */
  async close(): Promise<void> {
    await this.rest();
    await this.end();
  }

  /** Resolves when no checkpoint runs. Nothing else keeps the process running for one. */
  private async rest(): Promise<void> {
    this.worker?.ref();
    await this.running;
    this.worker?.unref();
  }

  /** @returns undefined where it failed: it is tried again later, and writing goes on meanwhile */
  private run(mostPages: number): Promise<LogState | undefined> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    const { worker } = this;
    const running = new Promise<LogState | undefined>((resolve) => {
      const settle = (state?: LogState) => {
        worker.off('message', settle).off('exit', fail);
        if (this.worker === worker) this.idle = setTimeout(() => void this.end(), IDLE_MS).unref();
        this.running = undefined;
        resolve(state);
      };
      const fail = () => settle();
      worker.on('message', settle).on('exit', fail);
      worker.unref(); // only now: whoever listens to a worker holds on to it
    });
    this.running = running;
    worker.postMessage(mostPages);
    return running;
  }

  private start(): Worker {
    const workerData: CheckpointSettings = { address: this.address, patienceMs: PATIENCE_MS };
    const options = { eval: true, workerData, execArgv: ['--no-warnings'], env: {} };
    const worker = new Worker(checkpointSource(), options);
    const leave = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    worker.on('error', leave).on('exit', leave); // the checkpoint is tried again later, by another
    return worker;
  }

  private async end(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    clearTimeout(this.idle);
    await worker?.terminate();
  }
}

/** Reads how long the log is, and moves nothing. A SQLite before 3.51 does not know that, and moves what it can. */
function logStateOf(connection: Connection): LogState | undefined {
  try {
    return statementOf(connection, 'pragma wal_checkpoint(noop)').get() as LogState | undefined;
  } catch {
    return undefined; // what was written is stored: that the log can't be looked at now is no failure
  }
}

/** The worker's program, as text: a single executable has no second file to load. */
const checkpointSource = () =>
  `'use strict';(${checkpoint})(require('node:worker_threads'), require('node:sqlite'));`;

function checkpoint({ parentPort, workerData }: typeof Threads, { DatabaseSync }: typeof Sqlite): void {
  const { address, patienceMs }: CheckpointSettings = workerData;
  parentPort?.on('message', (mostPages: number) => {
    const database = new DatabaseSync(new URL(address), { timeout: patienceMs });
    try {
      const run = (mode: string) => ({ ...database.prepare(`pragma wal_checkpoint(${mode})`).get() });
      let state = run('passive') as unknown as LogState;
      if (state.log > mostPages) state = run('truncate') as unknown as LogState;
      parentPort?.postMessage(state);
    } finally {
      database.close();
    }
  });
}
