import type { FrameSink, SendOptions } from '../../../jsonrpc/frame-sink.ts';
import type { EventStream } from '../sending/event-stream.ts';
import type { EventLog } from './event-log.ts';

/** Milliseconds after which a client that was sent away comes back. */
const RETRY_MS = 500;

/** Responses that may carry one stream: a client has one, and those before it that nobody has found to be dead yet. */
const MOST_CARRIERS = 3;

/** One stream of a legacy session: it outlives the responses that carry it. What comes goes out on the newest, and on no other. */
export class SessionStream implements FrameSink {
  readonly id: number;
  private readonly log: EventLog;
  /** The newest is last. */
  private carriers: readonly EventStream[] = [];

  constructor(id: number, log: EventLog) {
    this.id = id;
    this.log = log;
    log.open(id);
  }

  get isCarried(): boolean {
    return this.carriers.length > 0;
  }

  /** Sends it on the newest response; without one it is kept for a client that comes back, within the log's bounds. */
  send(data: string, options?: SendOptions): void {
    const carrier = this.carriers.at(-1);
    if (options?.droppable && !carrier) return;
    const id = this.log.add(this.id, data);
    carrier?.send({ data, id, ...options });
  }

  /** Nothing follows. */
  finish(): void {
    for (const carrier of this.carriers) carrier.end();
    this.carriers = [];
  }

  /** From here on what comes goes out here; those before are ended: their client has said that it lost them. */
  carry(carrier: EventStream): void {
    this.finish();
    this.carriers = [carrier];
  }

  /**
   * From here on what comes goes out here. Those before may stay: a client may have several streams (MCP 2025-11-25,
   * basic/transports, "Multiple Connections"), most often because one is dead and nobody has told us; a client whose stream is alive
   * would open it again if we ended it, and so on (rust-sdk#660).
   */
  join(carrier: EventStream): void {
    this.carriers = [...this.carriers, carrier];
    for (const oldest of this.carriers.slice(0, -MOST_CARRIERS)) {
      oldest.end();
      this.drop(oldest);
    }
  }

  /**
   * Ends a response before its stream ends: the client comes back with the id that it gets here (SEP-1699). One of an older revision
   * would not.
   */
  sendAway(carrier: EventStream): void {
    carrier.send({ data: '', id: this.log.mark(this.id) });
    carrier.retryAfter(RETRY_MS);
    carrier.end();
    this.drop(carrier);
  }

  /** The response is gone; where it was the last, what comes waits for the next. */
  drop(carrier: EventStream): void {
    this.carriers = this.carriers.filter((other) => other !== carrier);
  }
}
