import type { Duplex } from 'node:stream';
import type { Holding, ReceiveBudget } from './receive-budget.ts';

/** Bytes that a piece costs beside what is in it. */
const PIECE_COST = 192;
/** RFC 6455, section 5.2: of a masked frame with at most 125 bytes. */
const CONTROL_HEADER = 6;

/** Counts what a WebSocket has received of a message that isn't whole: `ws` keeps it, in pieces as they came. */
export class ReceivedBytes {
  private readonly budget: ReceiveBudget;
  private readonly owner: string;
  private held: Holding;
  /** Length of the last piece. */
  private last = 0;

  constructor(budget: ReceiveBudget, owner: string) {
    this.budget = budget;
    this.owner = owner;
    this.held = budget.open(owner);
  }

  /** Hears of each piece before `ws` does. */
  watch(socket: Duplex, onNoRoom: () => void): void {
    socket.prependListener('data', (piece: Buffer) => {
      this.last = piece.length;
      if (!this.held.take(piece.length + PIECE_COST)) onNoRoom();
    });
  }

  /** A ping or pong of this payload has come, and is kept no longer: it may come within a message. */
  control(payload: Buffer): void {
    const length = CONTROL_HEADER + payload.length;
    this.held.release(length === this.last ? length + PIECE_COST : length);
    this.last = 0;
  }

  /** A message is whole: what it has of the budget; the next begins anew. */
  message(): Holding {
    const { held } = this;
    this.held = this.budget.open(this.owner);
    return held;
  }
}
