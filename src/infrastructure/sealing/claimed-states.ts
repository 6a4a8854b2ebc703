import { randomUUID } from 'node:crypto';

/** Far more than users approve in the ten minutes that a state is good for. */
const MOST_REMEMBERED = 10_000;

/** The number of a state, and its process. */
export interface StateNumber {
  readonly issuer: string;
  readonly serial: number;
}

/**
 * Numbers the states of this process and remembers which were claimed, the latest so many one by one; before that, all count as
 * claimed: then a user is asked once more, and nothing is done twice.
 */
export class ClaimedStates {
  private readonly issuer = randomUUID();
  private readonly most: number;
  private readonly claimed = new Set<number>();
  private issued = 0;
  /** States below this number are not good for anything any more. */
  private floor = 0;

  constructor(most = MOST_REMEMBERED) {
    this.most = most;
  }

  issue(): StateNumber {
    this.issued += 1;
    return { issuer: this.issuer, serial: this.issued };
  }

  claim({ issuer, serial }: StateNumber): boolean {
    if (issuer !== this.issuer || serial < this.floor || this.claimed.has(serial)) return false;
    this.claimed.add(serial);
    if (this.claimed.size > this.most) this.forgetEarliest();
    return true;
  }

  private forgetEarliest(): void {
    const [earliest = 0] = this.claimed;
    this.claimed.delete(earliest);
    this.floor = Math.max(this.floor, earliest + 1);
  }
}
