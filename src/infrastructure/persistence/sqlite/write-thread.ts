import type * as Sqlite from 'node:sqlite';
import type * as Threads from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { addressOf } from './inspect-database.ts';
import { unavailable } from './store-failure.ts';
import { type Outcome, runTransaction, statementOf, type Write } from './transaction.ts';

interface WriterSettings {
  readonly address: string;
  readonly schema: number;
}

/** The end of a transaction, or what SQLite threw. */
type Report = { readonly outcome: Outcome } | { readonly errcode: unknown; readonly message: string };

interface Waiting {
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** A worker that writes where each commit waits for the disk. It keeps the process running only while it is busy. */
export class WriteThread {
  private readonly worker: Worker;
  private waiting: Waiting | undefined;

  /** @param schema the version that it writes */
  constructor(path: string, schema: number) {
    const workerData: WriterSettings = { address: addressOf(path, 'rw').href, schema };
    const options = { eval: true, workerData, execArgv: ['--no-warnings'], env: {} };
    this.worker = new Worker(writerSource(), options);
    this.worker.on('message', (report: Report) => {
      const waiting = this.rest();
      if ('outcome' in report) waiting?.resolve(report.outcome);
      else waiting?.reject(Object.assign(new Error(report.message), { errcode: report.errcode }));
    });
    this.worker.on('error', () => undefined); // it ends, which is all that matters
    this.worker.on('exit', () =>
      this.rest()?.reject(unavailable("The database's writer has ended: try again, which starts another")),
    );
    this.rest();
  }

  /** Runs a transaction; the one before must have ended. Rejects with what SQLite throws. */
  run(writes: readonly Write[]): Promise<Outcome> {
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(writes);
    });
  }

  /** Ends it, at once: a transaction that it has not reported may be stored or not. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private rest(): Waiting | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.worker.unref(); // only now: whoever listens to a worker holds on to it
    return waiting;
  }
}

/** The worker's program, as text: a single executable has no second file to load. */
const writerSource = () =>
  `'use strict';${statementOf}\n${runTransaction}\n(${serve})(require('node:worker_threads'), require('node:sqlite'));`;

function serve({ parentPort, workerData }: typeof Threads, { DatabaseSync }: typeof Sqlite): void {
  const { address, schema }: WriterSettings = workerData;
  const database = new DatabaseSync(new URL(address), { timeout: 0 });
  const pragmas = [
    'synchronous = full',
    'wal_autocheckpoint = 0',
    'secure_delete = on',
    'trusted_schema = off',
  ];
  for (const pragma of pragmas) database.exec(`pragma ${pragma}`);
  const connection = { database, prepared: new Map(), schema };
  parentPort?.on('message', (writes: readonly Write[]) => {
    let report: Report;
    try {
      report = { outcome: runTransaction(connection, writes) };
    } catch (error) {
      const { errcode, message } = error as Error & { errcode?: unknown };
      report = { errcode, message };
    }
    parentPort?.postMessage(report);
  });
}
