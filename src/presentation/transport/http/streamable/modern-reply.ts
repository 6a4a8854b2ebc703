import type { TraceContext } from '../../../../application/request-context.ts';
import type { Reply, SendOptions } from '../../../jsonrpc/frame-sink.ts';
import { modernStatusOf } from '../../../protocol/http/status-of.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { EventStream } from '../sending/event-stream.ts';
import type { KeepAlive } from '../sending/keep-alive.ts';

/** The answer to a modern POST: JSON, or an event stream as soon as something comes before it. */
export class ModernReply implements Reply {
  private readonly exchange: HttpExchange;
  private readonly held: KeepAlive;
  private stream: EventStream | undefined;
  private isFinished = false;

  constructor(exchange: HttpExchange, held: KeepAlive) {
    this.exchange = exchange;
    this.held = held;
    held.hold(this);
  }

  get trace(): TraceContext | undefined {
    return this.exchange.trace;
  }

  send(data: string, options?: SendOptions): void {
    if (!this.isFinished) this.opened().send({ data, ...options });
  }

  finish(answer: string | undefined, error?: number): void {
    if (this.isFinished) return;
    this.release();
    if (this.stream !== undefined) {
      if (answer !== undefined) this.stream.send({ data: answer });
      this.stream.end();
    } else if (answer !== undefined) this.exchange.json(modernStatusOf(error), answer);
    else this.exchange.empty(202);
  }

  keepAlive(): void {
    this.opened().keepAlive();
  }

  /** The client is gone: nothing is written any more. */
  release(): void {
    this.isFinished = true;
    this.held.release(this);
  }

  private opened(): EventStream {
    this.stream ??= new EventStream(this.exchange);
    return this.stream;
  }
}
