/** One of the things that have a budget together. */
export interface Spender {
  /** The name under which its client is counted. */
  readonly owner: string;
  /** As last counted. */
  readonly size: number;
  /** Gives some of it back, and counts that before it returns. */
  giveWay(): void;
}

export interface BudgetLimits {
  /** For the things of one owner. */
  readonly each?: number;
  /** For all of them. */
  readonly total: number;
}

interface Account {
  size: number;
  /** In the order in which they first had something. */
  readonly spenders: Set<Spender>;
}

/**
 * Memory that is given to whoever wants it, as long as there is any. When it is spent, whoever has most gives way: one who fills
 * many streams or logs takes nothing from others.
 */
export class SharedBudget {
  private readonly each: number;
  private readonly total: number;
  private readonly accounts = new Map<string, Account>();
  private size = 0;

  constructor({ each = Number.POSITIVE_INFINITY, total }: BudgetLimits) {
    this.each = each;
    this.total = total;
  }

  /** A spender has become larger by so much, or smaller. */
  count(spender: Spender, change: number): void {
    if (change === 0) return;
    const account = this.accounts.get(spender.owner) ?? { size: 0, spenders: new Set() };
    this.accounts.set(spender.owner, account);
    this.size += change;
    account.size += change;
    account.spenders.add(spender);
    if (spender.size === 0) account.spenders.delete(spender);
    if (account.spenders.size === 0) this.accounts.delete(spender.owner);
    if (change < 0) return;
    while (account.size > this.each) largestOf(account)?.giveWay();
    while (this.size > this.total) largestOf(this.largest())?.giveWay();
  }

  private largest(): Account | undefined {
    return [...this.accounts.values()].sort((one, other) => other.size - one.size)[0];
  }
}

/** The first that is at least half as large as any: a client that has only now got something large may yet read it. */
function largestOf(account: Account | undefined): Spender | undefined {
  const spenders = [...(account?.spenders ?? [])];
  const most = spenders.reduce((size, spender) => Math.max(size, spender.size), 0);
  return spenders.find(({ size }) => size * 2 >= most);
}
