import { DomainError } from '../../domain/shared/domain-error.ts';
import type { FilesReport, FolderJob, FolderReport, SearchJob, SearchTask } from './search-messages.ts';
import { SearchThread } from './search-thread.ts';

const THREADS = 2;
/** What regular expressions may take of one search, milliseconds. */
const MOST_MATCHING_MS = 2000;
const LOOK_EVERY_MS = 50;
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
  /** Milliseconds that its regular expressions took so far. */
  matching = 0;
  private readonly workers: SearchWorkers;

  constructor(task: SearchTask, workers: SearchWorkers) {
    this.task = task;
    this.workers = workers;
  }

  /** @throws DomainError `search.timeout` */
  async folder(job: Omit<FolderJob, 'kind'>): Promise<FolderReport> {
    const weight = job.isFree ? FREE_FOLDER_WEIGHT : FOLDER_WEIGHT;
    return (await this.workers.order(this, { kind: 'folder', ...job }, weight)) as FolderReport;
  }

  /** @throws DomainError `search.timeout` */
  async files(path: string, names: readonly string[]): Promise<FilesReport> {
    return (await this.workers.order(this, { kind: 'files', path, names }, names.length)) as FilesReport;
  }

  /** Drops what is left to do; whoever still waits for it gets the reason. */
  end(reason: unknown): void {
    this.workers.drop(this, reason);
  }
}

/**
 * Two threads that read directories and files and run regular expressions, so that neither a slow disk nor a slow expression
 * holds up anyone but its own search. Started by the first search, ended when idle.
 */
export class SearchWorkers {
  /** What each thread is at. */
  private readonly threads = new Map<SearchThread, readonly Order[]>();
  private queue: Order[] = [];
  private isScheduled = false;
  private watch: NodeJS.Timeout | undefined;

  open(task: SearchTask): OpenSearch {
    return new OpenSearch(task, this);
  }

  order(search: OpenSearch, job: SearchJob, weight: number): Promise<Report> {
    return new Promise((resolve, reject) => {
      this.queue.push({ search, job, weight, resolve, reject });
      this.schedule();
    });
  }

  drop(search: OpenSearch, reason: unknown): void {
    const orders = [...this.queue, ...[...this.threads.values()].flat()];
    this.queue = this.queue.filter((order) => order.search !== search);
    for (const order of orders) if (order.search === search) order.reject(reason);
  }

  /** Whatever is ordered in the same turn of the loop goes out together. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    if (this.queue.length === 0) return;
    while (this.threads.size < THREADS) this.start();
    const total = this.queue.reduce((sum, { weight }) => sum + weight, 0);
    const share = Math.min(BATCH_WEIGHT, Math.ceil(total / THREADS));
    for (const thread of this.threads.keys()) {
      if (thread.isBusy) continue;
      const orders = this.take(share);
      if (orders.length > 0) void this.hand(thread, orders);
    }
    this.watch ??= setInterval(() => this.endTheSlow(), LOOK_EVERY_MS);
  }

  private start(): void {
    const thread: SearchThread = new SearchThread(() => this.threads.delete(thread));
    this.threads.set(thread, []);
  }

  /** The next orders, all of one search. */
  private take(most: number): Order[] {
    let count = 0;
    let weight = 0;
    for (const order of this.queue) {
      if (order.search !== this.queue[0]?.search || (count > 0 && weight + order.weight > most)) break;
      weight += order.weight;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private async hand(thread: SearchThread, orders: readonly Order[]): Promise<void> {
    const { search } = orders[0] as Order;
    this.threads.set(thread, orders);
    try {
      const { reports, matching } = await thread.run({
        task: search.task,
        jobs: orders.map(({ job }) => job),
      });
      this.threads.set(thread, []);
      search.matching += matching;
      for (const [at, order] of orders.entries()) order.resolve(reports[at] as Report);
    } catch (error) {
      this.threads.delete(thread);
      for (const order of orders) order.reject(error);
    }
    this.schedule();
    if ([...this.threads.keys()].some(({ isBusy }) => isBusy)) return;
    clearInterval(this.watch);
    this.watch = undefined;
  }

  private endTheSlow(): void {
    for (const [thread, [order]] of this.threads)
      if (order && order.search.matching + thread.matchesFor() > MOST_MATCHING_MS) thread.end(tooSlow());
  }
}

const tooSlow = () =>
  new DomainError(
    'search.timeout',
    'exhausted',
    `The search was ended: its regular expression took more than ${MOST_MATCHING_MS / 1000} s. Nested repetitions such as "(a+)+" can ` +
      'take for ever: write it without them, or search fewer files by a narrower "path" or "pattern"',
  );
