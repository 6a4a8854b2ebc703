import type { FrameSink, SendOptions } from '../../jsonrpc/frame-sink.ts';
import type { EventLog } from './event-log.ts';
import type { EventStream } from './event-stream.ts';

/** One stream of a legacy session: it outlives the responses that carry it. */
export class SessionStream implements FrameSink {
  readonly id: number;
  private readonly log: EventLog;
  private carrier: EventStream | undefined;

  constructor(id: number, log: EventLog) {
    this.id = id;
    this.log = log;
  }

  get isCarried(): boolean {
    return this.carrier !== undefined;
  }

  /** What nobody reads now is kept for who comes back, within the log's bounds. */
  send(data: string, options?: SendOptions): void {
    if (options?.droppable && !this.carrier) return;
    const id = this.log.add(this.id, data);
    this.carrier?.send({ data, id, ...options });
  }

  /** Nothing follows. */
  finish(): void {
    this.carrier?.end();
    this.carrier = undefined;
  }

  /** From here on what comes goes out here; a carrier that was there before is ended. */
  carry(carrier: EventStream): void {
    this.carrier?.end();
    this.carrier = carrier;
  }

  /** The response is gone; if it still was the carrier, what comes waits for the next. */
  drop(carrier: EventStream): void {
    if (this.carrier === carrier) this.carrier = undefined;
  }
}
