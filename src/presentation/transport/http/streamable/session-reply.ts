import type { TraceContext } from '../../../../application/request-context.ts';
import type { Reply, SendOptions } from '../../../jsonrpc/frame-sink.ts';
import { legacyStatusOf } from '../../../protocol/http/status-of.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { EventStream } from '../sending/event-stream.ts';
import type { KeepAlive } from '../sending/keep-alive.ts';
import type { HttpSession } from './http-session.ts';
import type { SessionStream } from './session-stream.ts';

/** The answer to a POST of a legacy session: JSON, or an event stream that can be resumed as soon as something comes before it. */
export class SessionReply implements Reply {
  private readonly exchange: HttpExchange;
  private readonly session: HttpSession;
  private readonly held: KeepAlive;
  private readonly lifetime: NodeJS.Timeout | undefined;
  private stream: SessionStream | undefined;
  private carrier: EventStream | undefined;

  /** @param streamMs milliseconds for which the client waits here, if it can come back for the rest; 0: for as long as it takes */
  constructor(exchange: HttpExchange, session: HttpSession, held: KeepAlive, streamMs = 0) {
    this.exchange = exchange;
    this.session = session;
    this.held = held;
    held.hold(this);
    this.lifetime = session.limitStream(streamMs, () => this.sendAway());
    exchange.held?.keep();
    exchange.response.once('close', () => this.leave());
  }

  get trace(): TraceContext | undefined {
    return this.exchange.trace;
  }

  send(data: string, options?: SendOptions): void {
    this.opened().send(data, options);
  }

  finish(answer: string | undefined, error?: number): void {
    this.held.release(this);
    clearTimeout(this.lifetime);
    this.exchange.held?.release();
    this.session.lastUsed = performance.now();
    if (this.stream !== undefined) {
      if (answer !== undefined) this.stream.send(answer);
      this.session.finish(this.stream);
    } else if (answer !== undefined) this.exchange.json(legacyStatusOf(error), answer);
    else this.exchange.empty(202);
  }

  keepAlive(): void {
    this.opened();
    this.carrier?.keepAlive();
  }

  private sendAway(): void {
    const stream = this.opened();
    this.held.release(this);
    if (this.carrier) stream.sendAway(this.carrier);
  }

  /** The response is gone; the work goes on, and what comes waits for a client that resumes. */
  private leave(): void {
    this.held.release(this);
    clearTimeout(this.lifetime);
    if (this.carrier) this.stream?.drop(this.carrier);
  }

  private opened(): SessionStream {
    if (this.stream) return this.stream;
    const { session } = this;
    this.stream = session.newStream();
    this.carrier = new EventStream(this.exchange);
    if (session.resumesStreams) this.carrier.send({ data: '', id: session.log.mark(this.stream.id) });
    this.stream.carry(this.carrier);
    return this.stream;
  }
}
