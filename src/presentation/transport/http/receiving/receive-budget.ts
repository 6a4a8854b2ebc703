const MIB = 1024 * 1024;
/** Two messages of the greatest length that there is by default. */
const EACH = 48 * MIB;
const TOTAL = 96 * MIB;

/**
 * The memory that messages from the network may have while they are received and worked on: so much for each who sends, so that one
 * can't take it from the others, and so much in all.
 */
export class ReceiveBudget {
  private readonly held = new Map<string, number>();
  private readonly each: number;
  private readonly total: number;
  private bytes = 0;

  /** @param maxMessageBytes a message of this length has room where nobody else sends */
  constructor(maxMessageBytes: number, { each = EACH, total = TOTAL } = {}) {
    this.each = Math.max(each, maxMessageBytes * 2);
    this.total = Math.max(total, this.each * 2);
  }

  /** Begins a message. @param owner the name under which its sender is counted */
  open(owner: string): Holding {
    return new Holding(owner, this);
  }

  /** @returns whether there was room */
  reserve(owner: string, bytes: number): boolean {
    const held = (this.held.get(owner) ?? 0) + bytes;
    if (held > this.each || this.bytes + bytes > this.total) return false;
    this.held.set(owner, held);
    this.bytes += bytes;
    return true;
  }

  giveBack(owner: string, bytes: number): void {
    const left = (this.held.get(owner) ?? 0) - bytes;
    if (left > 0) this.held.set(owner, left);
    else this.held.delete(owner);
    this.bytes -= bytes;
  }
}

/** The share of one message in the budget. */
export class Holding {
  private readonly owner: string;
  private readonly budget: ReceiveBudget;
  private bytes = 0;
  private kept = false;

  constructor(owner: string, budget: ReceiveBudget) {
    this.owner = owner;
    this.budget = budget;
  }

  /** True where it outlives the response to the request that brought the message. */
  get isKept(): boolean {
    return this.kept;
  }

  /** @returns whether there was room for so many bytes more */
  take(bytes: number): boolean {
    if (!this.budget.reserve(this.owner, bytes)) return false;
    this.bytes += bytes;
    return true;
  }

  /** Work on the message goes on when its client is gone: whoever does it releases. */
  keep(): void {
    this.kept = true;
  }

  /** Gives so much back, or everything; may be called again. */
  release(bytes = this.bytes): void {
    const given = Math.min(bytes, this.bytes);
    if (given > 0) this.budget.giveBack(this.owner, given);
    this.bytes -= given;
  }
}
