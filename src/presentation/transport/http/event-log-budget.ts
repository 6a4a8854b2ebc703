/** Of a session that is never resumed the log is a burden: a few dozen full ones are kept. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** A log, as far as its budget knows it. */
interface Counted {
  /** The name under which its session's client is counted. */
  readonly owner: string;
  /** In characters. */
  readonly size: number;
  /** Forgets the older half, and counts that. */
  halve(): void;
}

interface Account {
  characters: number;
  readonly logs: Set<Counted>;
}

/** What the logs of all sessions may hold together. When that is spent, whoever has most of it loses the older half of a log. */
export class EventLogBudget {
  private readonly most: number;
  private readonly accounts = new Map<string, Account>();
  private characters = 0;

  constructor(most = MOST_CHARACTERS) {
    this.most = most;
  }

  /** A log has become longer by so many characters, or shorter. */
  count(log: Counted, change: number): void {
    if (change === 0) return;
    const account = this.accounts.get(log.owner) ?? { characters: 0, logs: new Set() };
    this.accounts.set(log.owner, account);
    this.characters += change;
    account.characters += change;
    account.logs.add(log);
    if (log.size === 0) account.logs.delete(log);
    if (account.logs.size === 0) this.accounts.delete(log.owner);
    while (change > 0 && this.characters > this.most) this.longest()?.halve();
  }

  /** The longest log of whoever has most: one who fills many sessions takes nothing from others. */
  private longest(): Counted | undefined {
    const [largest] = [...this.accounts.values()].sort((one, other) => other.characters - one.characters);
    let longest: Counted | undefined;
    for (const log of largest?.logs ?? []) {
      if (log.size > (longest?.size ?? 0)) longest = log;
    }
    return longest;
  }
}
