import type { Span } from '../../application/ports/telemetry.ts';
import type { TraceContext } from '../../application/request-context.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { SendOptions } from './frame-sink.ts';
import type { RequestId } from './message.ts';
import type { RpcError } from './rpc-error.ts';

/** The part of its connection that an exchange needs. */
export interface ExchangeChannel {
  /** The trace that the transport's own request was in, where it has one and said so. */
  readonly trace?: TraceContext | undefined;
  notify(method: string, params: JsonObject, options?: SendOptions): void;
  ask(method: string, params: JsonObject, signal: AbortSignal): Promise<unknown>;
}

/** One request under way, from its arrival to its answer. */
export class Exchange {
  readonly id: RequestId;
  /** True if the request came in an array with others. */
  readonly inBatch: boolean;
  /** The session that the request belongs to, if any. */
  owner: string | undefined;
  /** The span that traces it, if one does. */
  span: Pick<Span, 'trace'> | undefined;
  private readonly channel: ExchangeChannel;
  private state: 'open' | 'cancelled' | 'answered' = 'open';
  private controller: AbortController | undefined;
  private reason: Error | undefined;
  private cancellable = true;
  private afterwards: (() => void) | undefined;
  private refuse: ((error: RpcError) => void) | undefined;

  constructor(id: RequestId, inBatch: boolean, channel: ExchangeChannel) {
    this.id = id;
    this.inBatch = inBatch;
    this.channel = channel;
  }

  /** Aborted when the work is no longer wanted. Made when first asked for: most requests end before anyone looks. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  get transportTrace(): TraceContext | undefined {
    return this.channel.trace;
  }

  /** True if an answer is still to come. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** For work that begins later than its request came: what was ended by then must not begin. @throws the reason */
  requireWanted(): void {
    if (this.state !== 'open') throw this.reason;
  }

  /** The other side no longer wants an answer, and gets none. */
  cancel(reason: Error): void {
    if (this.state !== 'open' || !this.cancellable) return;
    this.state = 'cancelled';
    this.interrupt(reason);
  }

  /** Ends the work and answers with the error, whatever the work makes of it. */
  dismiss(error: RpcError): void {
    if (this.state !== 'open') return;
    this.state = 'answered';
    this.interrupt(error);
    this.refuse?.(error);
  }

  /** From here on the request can't be cancelled. */
  protect(): void {
    this.cancellable = false;
  }

  /** Calls back when an error is to be the answer before the work has ended. */
  onDismissed(callback: (error: RpcError) => void): void {
    this.refuse = callback;
  }

  /** Calls back once, right after the answer was handed to the transport. */
  onceAnswered(callback: () => void): void {
    this.afterwards = callback;
  }

  /** Ends the work from our side; the answer is still sent. */
  interrupt(reason: Error): void {
    this.reason ??= reason;
    this.controller?.abort(reason);
  }

  /** The answer is written: nothing about this request follows it. */
  close(): void {
    if (this.state !== 'open') return;
    this.state = 'answered';
    this.afterwards?.();
  }

  /** Sends a notification that belongs to this request; silent once it is answered or cancelled. */
  notify(method: string, params: JsonObject, options?: SendOptions): void {
    if (this.state === 'open') this.channel.notify(method, params, options);
  }

  /** Asks the other side something on behalf of this request; given up when the request is. */
  ask(method: string, params: JsonObject): Promise<unknown> {
    return this.channel.ask(method, params, this.signal);
  }
}
