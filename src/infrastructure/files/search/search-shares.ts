/** An order that waits for a thread. */
export interface Waiting {
  readonly weight: number;
}

/**
 * Someone's share of the threads, which is divided among those below: a principal's among its clients, a client's among the
 * expressions that it looks for, an expression's among its searches. Whoever has the fewest threads, and then has used them for
 * the shortest time, is next. Nobody has all of them while a neighbour has a search that is not over.
 */
export class Share<Order extends Waiting> {
  /** Milliseconds that its work took. */
  spent: number;
  readonly orders: Order[] = [];
  /** The time since which it waits for a thread, by the clock of whoever asks. */
  waitsSince = 0;
  /** Threads that are at its orders. */
  running = 0;
  /** Orders, its own and those below. */
  waiting = 0;
  /** Searches that are not over. */
  open = 0;
  private readonly below = new Map<string, Share<Order>>();
  private readonly above: Share<Order> | undefined;
  private readonly name: string;

  constructor(above?: Share<Order>, name = '') {
    this.above = above;
    this.name = name;
    // As if it had been there all along: to come late is no advantage for long.
    this.spent = above === undefined ? 0 : Math.min(...[...above.below.values()].map(({ spent }) => spent));
    if (!Number.isFinite(this.spent)) this.spent = 0;
  }

  get hasOrders(): boolean {
    return this.waiting > 0;
  }

  /** The share of something that begins, below those of its owners; it is to be closed. */
  enter(owners: readonly string[]): Share<Order> {
    this.open += 1;
    const [owner, ...others] = owners;
    if (owner === undefined) return this;
    const share = this.below.get(owner) ?? new Share<Order>(this, owner);
    this.below.set(owner, share);
    return share.enter(others);
  }

  close(): void {
    this.forEach((share) => {
      share.open -= 1;
    });
    this.leave();
  }

  add(order: Order): void {
    this.orders.push(order);
    this.forEach((share) => {
      share.waiting += 1;
    });
  }

  /** Orders of the one that is next, and its share; undefined where there is none. */
  next(
    threads: number,
    most: (total: number) => number,
  ): { share: Share<Order>; orders: Order[] } | undefined {
    if (this.orders.length > 0) return { share: this, orders: this.take(most(totalOf(this.orders))) };
    const isAlone = this.below.size === 1;
    const candidates = [...this.below.values()]
      .filter(({ waiting, running }) => waiting > 0 && (isAlone || running < threads - 1))
      .sort((a, b) => a.running - b.running || a.spent - b.spent);
    for (const candidate of candidates) {
      const found = candidate.next(threads, most);
      if (found) return found;
    }
    return undefined;
  }

  begin(): void {
    this.forEach((share) => {
      share.running += 1;
    });
  }

  finish(milliseconds: number): void {
    this.forEach((share) => {
      share.running -= 1;
      share.spent += milliseconds;
    });
    this.leave();
  }

  /** Takes back what waits. */
  clear(): Order[] {
    return this.take(Number.POSITIVE_INFINITY);
  }

  /** Everything below that has a search. */
  *leaves(): Generator<Share<Order>> {
    if (this.below.size === 0) yield this;
    for (const share of this.below.values()) yield* share.leaves();
  }

  /** From the first on, as much as is light enough, and at least one. */
  private take(most: number): Order[] {
    let count = 0;
    let weight = 0;
    for (const order of this.orders) {
      if (count > 0 && weight + order.weight > most) break;
      weight += order.weight;
      count += 1;
    }
    this.forEach((share) => {
      share.waiting -= count;
    });
    return this.orders.splice(0, count);
  }

  private leave(): void {
    this.forEach((share) => {
      const isOver = share.open === 0 && share.running === 0;
      if (isOver && share.above?.below.get(share.name) === share) share.above.below.delete(share.name);
    });
  }

  private forEach(act: (share: Share<Order>) => void): void {
    for (let share: Share<Order> | undefined = this; share !== undefined; share = share.above) act(share);
  }
}

const totalOf = (orders: readonly Waiting[]) => orders.reduce((sum, { weight }) => sum + weight, 0);
