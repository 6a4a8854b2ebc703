import { statSync } from 'node:fs';
import { andThen, type Eventual } from '../../../application/eventual.ts';
import type { BackendHealth } from '../../../application/ports/health.ts';
import { whileBusy } from './back-off.ts';
import { Checkpoints } from './checkpoints.ts';
import { refuseNewer } from './inspect-database.ts';
import { expireBackup, findMigrationBackup } from './migration-backup.ts';
import { type Migration, migrations } from './migrations.ts';
import { type FileConnection, openDatabase } from './open-database.ts';
import { storeFailure, unavailable } from './store-failure.ts';
import { type Connection, type Outcome, runTransaction, type Write } from './transaction.ts';
import { WriteThread } from './write-thread.ts';

export interface SqliteOptions {
  /** The database's file, absolute; it and its folders are made at the first use. */
  readonly path: string;
  /** Milliseconds to wait for other processes that keep the database locked. */
  readonly patienceMs?: number;
  /**
   * `normal`, which is the default: what was stored survives the end of the process, however it ends; the end of the machine may take
   * the last of it. `full`: it survives that, too. A worker then waits for the disk at each commit, and has 16 MiB.
   */
  readonly synchronous?: 'normal' | 'full';
  /** The schema's steps, where they are not this program's. */
  readonly migrations?: readonly Migration[];
  /** Pages of the write-ahead log from which on it is moved into the file. */
  readonly logPages?: number;
}

type Use = 'read' | 'write';

type WriteOutcome = Exclude<Outcome, { kind: 'other schema' }>;

/**
 * A database file that several processes share. It is opened at the first use, and anew after whatever made it unusable. Each use is
 * one synchronous stretch; while other processes keep the file locked, uses wait in line and off the event loop. Its owner closes it.
 */
export class SqliteDatabase {
  readonly name = 'database';
  private readonly path: string;
  private readonly patienceMs: number;
  private readonly migrations: readonly Migration[];
  private readonly isFull: boolean;
  private writer: WriteThread | undefined;
  private readonly checkpoints: Checkpoints;
  private connection: FileConnection | undefined;
  private opening: Promise<FileConnection> | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private isClosed = false;
  /** Writes that wait or run; resolves after the last of them. */
  private line: Promise<unknown> = Promise.resolve();
  private inLine = 0;
  /** The reasons why the last reading and the last writing failed. */
  private readonly failures = new Map<Use, string>();
  private readonly listeners = new Set<() => void>();

  constructor(options: SqliteOptions) {
    const { path, patienceMs = 5000, synchronous, migrations: steps = migrations, logPages } = options;
    this.path = path;
    this.isFull = synchronous === 'full';
    this.checkpoints = new Checkpoints(path, logPages);
    this.patienceMs = patienceMs;
    this.migrations = steps;
  }

  /** State at the last use; up before the first. */
  health(): Omit<BackendHealth, 'name'> {
    const { madeAt, keptUntil } = findMigrationBackup(this.path) ?? {};
    return {
      state: this.reason === undefined ? 'up' : 'down',
      ...(madeAt && keptUntil && { backup: { madeAt, keptUntil } }),
    };
  }

  /** The reason why it is down, and what to do. */
  get reason(): string | undefined {
    return this.failures.get('write') ?? this.failures.get('read');
  }

  /** Calls back when it goes up or down, until the returned function is called. */
  onStateChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads at once, in one stretch. @throws DomainError `store.unavailable` */
  async read<T>(work: (connection: Connection) => T): Promise<T> {
    if (this.isClosed) throw closed();
    return await this.use('read', work, performance.now() + this.patienceMs);
  }

  /**
   * Runs one transaction, in the order of the calls.
   * @returns the number of rows that each write changed, or the index of the write that had to change one and did not
   * @throws DomainError `store.unavailable`
   */
  write(writes: readonly Write[]): Promise<WriteOutcome> {
    return this.inTurn((deadline) =>
      this.use('write', (connection) => this.run(connection, writes), deadline),
    );
  }

  /**
   * Empties the write-ahead log, in a worker: what was deleted before is then nowhere in the database's files any more.
   * @returns false where other processes were reading or writing all the time: try again
   * @throws DomainError `store.unavailable`
   */
  async truncateLog(): Promise<boolean> {
    await this.read(() => undefined);
    return await this.checkpoints.truncate();
  }

  /** Closes it after the writes that wait; from then on each use fails. */
  async close(): Promise<void> {
    this.isClosed = true;
    while (this.inLine > 0) await this.line;
    await this.opening?.catch(() => undefined);
    await this.checkpoints.close();
    await this.disconnect();
  }

  private run(connection: Connection, writes: readonly Write[]): Eventual<WriteOutcome> {
    if (!this.isFull) return this.examined(connection, runTransaction(connection, writes));
    this.writer ??= new WriteThread(this.path, connection.schema);
    return andThen(this.writer.run(writes), (outcome) => this.examined(connection, outcome));
  }

  private examined(connection: Connection, outcome: Outcome): WriteOutcome {
    if (outcome.kind === 'other schema') {
      refuseNewer(outcome.version, connection.schema);
      throw unavailable('The database was replaced by an older one: try again, which brings it up to date');
    }
    this.checkpoints.afterWrite(connection);
    return outcome;
  }

  /** Starts the work when those before it have ended: one at a time waits for other processes, not all at once. */
  private inTurn<T>(work: (deadline: number) => Promise<T>): Promise<T> {
    if (this.isClosed) return Promise.reject(closed());
    const deadline = performance.now() + this.patienceMs;
    const start = () => work(deadline);
    const result = this.inLine === 0 ? start() : this.line.then(start);
    this.inLine += 1;
    const leave = () => {
      this.inLine -= 1;
    };
    this.line = result.then(leave, leave);
    return result;
  }

  private async use<T>(
    kind: Use,
    work: (connection: Connection) => Eventual<T>,
    deadline: number,
  ): Promise<T> {
    try {
      const result = await whileBusy(async () => {
        const connection = this.connection ?? (await this.connected());
        this.requireSameFile(connection);
        return work(connection);
      }, deadline);
      if (this.failures.size > 0) this.succeeded(kind);
      return result;
    } catch (error) {
      throw this.failed(kind, error);
    }
  }

  /** Opens it once for all who ask meanwhile. */
  private connected(): Promise<FileConnection> {
    if (this.isClosed && this.inLine === 0) throw closed();
    this.opening ??= openDatabase({ path: this.path, migrations: this.migrations }).then(
      (connection) => {
        this.opening = undefined;
        this.connection = connection;
        this.expiry = expireBackup(this.path);
        return connection;
      },
      (error) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }

  /** SQLite would go on writing into a file that has no name any more. */
  private requireSameFile({ file }: FileConnection): void {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats?.ino === file.ino && stats.dev === file.dev) return;
    throw unavailable(
      'The file of the database was removed or replaced: try again, which opens what is there now',
    );
  }

  private succeeded(kind: Use): void {
    const before = this.reason;
    if (kind === 'write')
      this.failures.clear(); // more than reading
    else this.failures.delete('read');
    if (this.reason === undefined && before !== undefined) this.tell();
  }

  /** The failure as the store's users see it. */
  private failed(kind: Use, cause: unknown): unknown {
    const failure = storeFailure(cause);
    if (failure === undefined) return cause;
    const { error, isFatal } = failure;
    if (isFatal) void this.disconnect();
    if (this.isClosed) return error;
    const before = this.reason;
    this.failures.set(kind, error.message);
    if (before === undefined) this.tell();
    return error;
  }

  private async disconnect(): Promise<void> {
    const { connection, writer } = this;
    this.connection = undefined;
    this.writer = undefined;
    clearTimeout(this.expiry);
    try {
      connection?.database.close();
    } catch {
      // a damaged one is of no more use, however it ends
    }
    await writer?.end();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const closed = () => unavailable('The database is closed, since the server is stopping');
