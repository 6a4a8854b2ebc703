import { DomainError } from '../../../domain/shared/domain-error.ts';
import type { FilesReport, FolderJob, FolderReport, SearchJob, SearchTask } from './search-messages.ts';
import { Share } from './search-shares.ts';
import { SearchThread } from './search-thread.ts';

const THREADS = 2;
/** With those that were told to end and are still at it. */
const MOST_THREADS = 4;
/** An engine that makes code of an expression lets nobody interrupt it: what has not ended after so long may never, milliseconds. */
const STUCK_AFTER_MS = 1000;
/** Milliseconds that regular expressions may take of one search. */
const MOST_MATCHING_MS = 2000;
const LOOK_EVERY_MS = 50;
/** A search that gets no thread for so long is given up: whoever asked hears of it while it still waits. */
const MOST_WAITING_MS = 10_000;
/** Files, or directories' worth of files, in one message. */
const BATCH_WEIGHT = 512;
const FOLDER_WEIGHT = 8;
/** Of one from which the worker goes on by itself. */
const FREE_FOLDER_WEIGHT = 128;

type Report = FolderReport | FilesReport;

interface Order {
  readonly search: OpenSearch;
  readonly job: SearchJob;
  readonly weight: number;
  resolve(report: Report): void;
  reject(error: unknown): void;
}

/** A search that uses the workers, until it is ended. */
export class OpenSearch {
  readonly task: SearchTask;
  readonly share: Share<Order>;
  /** Milliseconds that its expressions took so far. */
  matching = 0;
  private isOver = false;
  private readonly workers: SearchWorkers;

  constructor(task: SearchTask, share: Share<Order>, workers: SearchWorkers) {
    this.task = task;
    this.share = share;
    this.workers = workers;
  }

  /** @throws DomainError `search.timeout`, `search.busy` */
  async folder(job: Omit<FolderJob, 'kind'>): Promise<FolderReport> {
    const weight = job.isFree ? FREE_FOLDER_WEIGHT : FOLDER_WEIGHT;
    return (await this.workers.order(this, { kind: 'folder', ...job }, weight)) as FolderReport;
  }

  /** @throws DomainError `search.timeout`, `search.busy` */
  async files(path: string, names: readonly string[]): Promise<FilesReport> {
    return (await this.workers.order(this, { kind: 'files', path, names }, names.length)) as FilesReport;
  }

  /** Drops what is left to do; whoever still waits for it gets the reason. */
  end(reason: unknown): void {
    this.workers.drop(this, reason);
    if (!this.isOver) this.share.close();
    this.isOver = true;
  }
}

/**
 * Two threads that read directories and files and run regular expressions, so that neither a slow disk nor a slow expression
 * holds up anyone but its own search. Started by the first search, ended when idle.
 */
export class SearchWorkers {
  /** The present orders of each thread. */
  private readonly threads = new Map<SearchThread, readonly Order[]>();
  /** Since when each thread that takes no more work is on its way out. */
  private readonly ending = new Map<SearchThread, number>();
  private readonly shares = new Share<Order>();
  private isScheduled = false;
  private watchesExit = false;
  private watch: NodeJS.Timeout | undefined;
  private readonly mostWaiting: number;

  /** @param mostWaiting milliseconds that a search may be without a thread */
  constructor(mostWaiting = MOST_WAITING_MS) {
    this.mostWaiting = mostWaiting;
  }

  /** @param owners whose search it is, widest first: the threads are shared fairly among them on each level */
  open(task: SearchTask, owners: readonly string[]): OpenSearch {
    return new OpenSearch(task, this.shares.enter([...owners, String(task.id)]), this);
  }

  order(search: OpenSearch, job: SearchJob, weight: number): Promise<Report> {
    return new Promise((resolve, reject) => {
      if (!search.share.hasOrders) search.share.waitsSince = performance.now();
      search.share.add({ search, job, weight, resolve, reject });
      this.schedule();
    });
  }

  drop(search: OpenSearch, reason: unknown): void {
    for (const order of search.share.clear()) order.reject(reason);
    for (const order of [...this.threads.values()].flat()) if (order.search === search) order.reject(reason);
  }

  /** Ends the threads; resolves when they have ended, or are stuck. */
  async close(): Promise<void> {
    for (const thread of this.threads.keys()) thread.end(new Error('The search was ended: the server stops'));
    const stuck = new Promise<void>((resolve) => {
      setTimeout(resolve, 1.1 * STUCK_AFTER_MS).unref();
    });
    await Promise.race([stuck, Promise.all([...this.ending.keys()].map(({ exited }) => exited))]);
  }

  /** Orders of the same iteration of the event loop go out together. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    if (!this.shares.hasOrders) return;
    while (this.threads.size < THREADS && this.threads.size + this.ending.size < MOST_THREADS) this.start();
    const most = (total: number) => Math.min(BATCH_WEIGHT, Math.ceil(total / THREADS));
    for (const thread of this.threads.keys()) {
      if (thread.isBusy) continue;
      const next = this.shares.next(THREADS, most);
      if (next) void this.hand(thread, next.share, next.orders);
    }
    this.watch ??= setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  private start(): void {
    const thread: SearchThread = new SearchThread(() => this.retire(thread));
    this.threads.set(thread, []);
    void thread.exited.then(() => {
      this.ending.delete(thread);
      this.schedule();
    });
  }

  private retire(thread: SearchThread): void {
    this.threads.delete(thread);
    if (this.ending.has(thread)) return;
    this.ending.set(thread, performance.now());
    if (this.watchesExit) return;
    this.watchesExit = true;
    process.once('exit', () => this.leaveStuckThreads());
  }

  /** Ends the process that waited for a stuck thread otherwise, for ever. Whatever was to be written is written by now. */
  private leaveStuckThreads(): void {
    const latest = performance.now() - STUCK_AFTER_MS;
    if ([...this.ending.values()].some((since) => since <= latest)) process.kill(process.pid, 'SIGKILL');
  }

  private async hand(thread: SearchThread, share: Share<Order>, orders: readonly Order[]): Promise<void> {
    const { search } = orders[0] as Order;
    const started = performance.now();
    this.threads.set(thread, orders);
    share.begin();
    try {
      const { reports, matching } = await thread.run({
        task: search.task,
        jobs: orders.map(({ job }) => job),
      });
      this.threads.set(thread, []);
      search.matching += matching;
      for (const [at, order] of orders.entries()) order.resolve(reports[at] as Report);
    } catch (error) {
      for (const order of orders) order.reject(isStackOverflow(error) ? tooManyStates() : error);
    }
    share.waitsSince = performance.now();
    share.finish(performance.now() - started);
    this.schedule();
    if ([...this.threads.keys()].some(({ isBusy }) => isBusy)) return;
    clearInterval(this.watch);
    this.watch = undefined;
  }

  private look(): void {
    for (const [thread, [order]] of this.threads)
      if (order && order.search.matching + thread.matchesFor() > MOST_MATCHING_MS) thread.end(tooSlow());
    const latest = performance.now() - this.mostWaiting;
    for (const share of this.shares.leaves())
      if (share.hasOrders && share.running === 0 && share.waitsSince < latest)
        for (const order of share.clear()) order.reject(tooBusy(this.mostWaiting));
  }
}

const tooSlow = () =>
  new DomainError(
    'search.timeout',
    'exhausted',
    `The search was ended: its regular expression took more than ${MOST_MATCHING_MS / 1000} s. Nested repetitions such as "(a+)+" can ` +
      'take for ever: write it without them, or search fewer files by a narrower "path" or "pattern"',
  );

/** No other RangeError: one of memory, for example, has nothing to do with the expression. */
const isStackOverflow = (error: unknown) => error instanceof RangeError && /call stack/.test(error.message);

/** V8 keeps what it may have to go back to, and throws where that is too much for one line. */
const tooManyStates = () =>
  new DomainError(
    'search.timeout',
    'exhausted',
    'The search was ended: on a line of a file there, its regular expression has more states to go back to than the engine can keep. ' +
      'Write repeated groups as sets, such as "[ab]*" for "(a|b)*", or search fewer files by a narrower "path" or "pattern"',
  );

const tooBusy = (milliseconds: number) =>
  new DomainError(
    'search.busy',
    'exhausted',
    `The search waited ${milliseconds / 1000} s for a thread, because other searches take long; try again later, or cancel your other searches`,
  );
