import type { BudgetLimits, SharedBudget, Spender } from '../connections/shared-budget.ts';

const MIB = 1024 * 1024;

/** For what waits to be sent: two answers of the greatest length for each client, and twice that for all. */
export const SEND_LIMITS: BudgetLimits = { each: 24 * MIB, total: 48 * MIB };

/** Bytes that one client was sent and has not read yet, without what the system holds of it. One that has too much is cut off. */
export class UnsentBytes implements Spender {
  readonly owner: string;
  private readonly budget: SharedBudget;
  private readonly cut: () => void;
  private bytes = 0;
  private isClosed = false;

  /** @param cut closes the connection, and may be called when it is closed */
  constructor(budget: SharedBudget, owner: string, cut: () => void) {
    this.budget = budget;
    this.owner = owner;
    this.cut = cut;
  }

  get size(): number {
    return this.bytes;
  }

  /** So many bytes more wait. */
  add(bytes: number): void {
    if (!this.isClosed) this.change(bytes);
  }

  /** So many of them are sent. */
  remove(bytes: number): void {
    if (!this.isClosed) this.change(-bytes);
  }

  giveWay(): void {
    this.close();
    this.cut();
  }

  /** The connection is closed: nothing waits, and nothing is counted any more. May be called again. */
  close(): void {
    this.isClosed = true;
    this.change(-this.bytes);
  }

  private change(bytes: number): void {
    this.bytes += bytes;
    this.budget.count(this, bytes);
  }
}
