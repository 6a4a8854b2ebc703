import type { Eventual } from '../../application/eventual.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { takesAtLeast } from '../../domain/text/utf8.ts';
import { collectAnswers, type Respond } from './collect-answers.ts';
import { encodeError, encodeNotification, encodeResult } from './encode.ts';
import { Exchange, type ExchangeChannel } from './exchange.ts';
import type { FrameSink, Reply, SendOptions } from './frame-sink.ts';
import type { Batch, Invalid, Message, Request, RequestId, Response } from './message.ts';
import { parseFrame } from './parse.ts';
import { PendingRequests } from './pending-requests.ts';
import type { Protocol } from './protocol.ts';
import { type Route, type RoutedConnection, routeTo } from './route.ts';
import { INTERNAL_ERROR, invalidRequest, RpcError } from './rpc-error.ts';

export interface PeerOptions {
  readonly sink: FrameSink;
  readonly protocol: (peer: Peer) => Protocol;
  /** Bytes that no frame of ours may reach. */
  readonly maxFrameBytes: number;
  /** Tells the operator of an answer that failed in a way nobody foresaw; returns the id under which it was noted. */
  readonly onUnexpected: (error: unknown, method: string) => string;
  /** Tells the operator of a message that could not be used. */
  readonly onRefused: (reason: string) => void;
}

/** One side of a JSON-RPC 2.0 connection: requests run side by side, each answer is written when it is ready. */
export class Peer implements ExchangeChannel, RoutedConnection {
  private readonly options: PeerOptions;
  private readonly protocol: Protocol;
  private readonly inFlight = new Map<RequestId, Exchange>();
  /** Requests that are answered but whose work has not ended. */
  private readonly dismissed = new Set<Exchange>();
  private readonly pending: PendingRequests;
  /** For frames that have no stream of their own. */
  private readonly shared: Route;
  private idle: (() => void)[] = [];
  private onWorkEnded: (() => void) | undefined;

  constructor(options: PeerOptions) {
    this.options = options;
    this.pending = new PendingRequests((frame) => !this.isTooLong(frame));
    this.shared = { sink: options.sink, respond: this.send, channel: this };
    this.protocol = options.protocol(this);
  }

  /** Takes one frame as it came; never throws. Notifications take effect before this returns, in their order. */
  receive(text: string): void {
    this.take(parseFrame(text));
  }

  /** Takes one frame that was read already; never throws. @param reply where the answer goes, with all that belongs to it */
  take(frame: Message | Batch, reply?: Reply): void {
    const route = reply ? routeTo(reply, this) : this.shared;
    try {
      if (frame.kind === 'batch') this.receiveBatch(frame, route);
      else this.receiveMessage(frame, false, route);
    } catch (error) {
      this.fail(error, route);
    }
  }

  /** Refuses a frame that was too long to be kept. */
  refuseOversized(maxBytes: number): void {
    const error = invalidRequest(`Expected a message of at most ${maxBytes} bytes; it was not read`, {
      code: 'message.too-long',
    });
    this.options.onRefused(error.message);
    this.options.sink.send(encodeError(undefined, error.toObject()));
  }

  /** Sends a notification that belongs to no request. */
  notify(method: string, params: JsonObject, options?: SendOptions): void {
    this.notifyOn(this.options.sink, method, params, options);
  }

  notifyOn(sink: FrameSink, method: string, params: JsonObject, options?: SendOptions): void {
    const frame = encodeNotification(method, params);
    if (this.isTooLong(frame)) this.options.onRefused(`A ${method} of ours that is longer than clients take`);
    else sink.send(frame, options);
  }

  /** Asks the other side something; given up when the signal is aborted. @throws RpcError as it was answered */
  ask(method: string, params: JsonObject, signal: AbortSignal): Promise<unknown> {
    return this.askOn(this.options.sink, method, params, signal);
  }

  askOn(sink: FrameSink, method: string, params: JsonObject, signal: AbortSignal): Promise<unknown> {
    return this.pending.ask(method, params, signal, sink);
  }

  /** Ends a request that the other side no longer waits for. Unknown and finished ones are no error. */
  cancel(id: RequestId, reason: Error): void {
    this.inFlight.get(id)?.cancel(reason);
  }

  /** The other side will answer nothing more. */
  rejectPending(reason: Error): void {
    this.pending.rejectAll(reason);
  }

  /** Requests whose work has not ended, answered or not. */
  get requestsInFlight(): number {
    return this.inFlight.size + this.dismissed.size;
  }

  /** Calls back whenever the work of a request has ended, answered or not. */
  whenWorkEnds(listener: () => void): void {
    this.onWorkEnded = listener;
  }

  /** Resolves when no request is under way. */
  whenIdle(): Promise<void> {
    if (this.requestsInFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  /** Ends all work, unanswered. */
  cancelAll(reason: Error): void {
    for (const exchange of this.inFlight.values()) exchange.cancel(reason);
  }

  /** Answers all requests of one owner with an error, at once, and ends their work. Their ids may be used anew. */
  dismissAll(error: RpcError, owner: string): void {
    for (const exchange of [...this.inFlight.values()]) {
      if (exchange.owner === owner) exchange.dismiss(error);
    }
  }

  private receiveMessage(message: Message, inBatch: boolean, route: Route): void {
    switch (message.kind) {
      case 'request':
        this.serve(message, inBatch, route);
        return;
      case 'notification':
        this.protocol.notice(message);
        route.respond(undefined);
        return;
      case 'response':
        this.settle(message);
        route.respond(undefined);
        return;
      case 'invalid':
        this.refuse(message, route.respond);
    }
  }

  /** JSON-RPC 2.0, section 6: the answers in one array, in any order, or nothing at all. */
  private receiveBatch({ members }: Batch, route: Route): void {
    if (members.length === 0 || !this.protocol.acceptsBatch(members)) {
      const error = invalidRequest(
        members.length === 0
          ? 'Expected a batch to have members, got an empty array'
          : 'Expected one message, got an array: batches exist between revisions 2024-11-05 and 2025-03-26 only, once negotiated',
      );
      this.refuse({ kind: 'invalid', error: error.toObject() }, route.respond);
      return;
    }
    const respond = collectAnswers(members.length, {
      most: this.options.maxFrameBytes,
      onComplete: (answers) => this.answerBatch(answers, route),
      onSingle: (answer) => route.sink.send(answer), // an array no client would take is no answer at all
    });
    for (const member of members) this.receiveMessage(member, true, { ...route, respond });
  }

  private answerBatch(answers: readonly string[], { sink, respond }: Route): void {
    const frame = answers.length > 0 ? `[${answers.join(',')}]` : undefined;
    const fits = frame === undefined || !this.isTooLong(frame);
    if (!fits) for (const answer of answers) sink.send(answer);
    respond(fits ? frame : undefined);
  }

  private serve(request: Request, inBatch: boolean, { respond, channel }: Route): void {
    const { id } = request;
    if (this.inFlight.has(id)) {
      const shown = JSON.stringify(id).slice(0, 140);
      const error = invalidRequest(`Expected a new id, got ${shown}, which is still in use`).toObject();
      respond(this.bounded(id, encodeError(id, error)), error.code);
      return;
    }
    const exchange = new Exchange(id, inBatch, channel);
    exchange.onDismissed((error) => {
      this.inFlight.delete(id);
      this.dismissed.add(exchange);
      this.deliver(respond, encodeError(id, error.toObject()), error.code);
    });
    this.inFlight.set(id, exchange);
    const finish = (result: unknown) =>
      this.finish(exchange, respond, exchange.isOpen ? this.encodeAnswer(request, result) : undefined);
    const fail = (error: unknown) => {
      if (!exchange.isOpen) return this.finish(exchange, respond, undefined);
      const explained = this.explain(this.protocol.explain(error, request), request.method);
      this.finish(exchange, respond, encodeError(id, explained), explained.code);
    };
    let answer: Eventual<unknown>;
    try {
      answer = this.protocol.handle(request, exchange);
    } catch (error) {
      fail(error);
      return;
    }
    if (answer instanceof Promise) answer.then(finish, fail);
    else finish(answer);
  }

  /** The work of a request has ended. */
  private finish(exchange: Exchange, respond: Respond, answer: string | undefined, error?: number): void {
    if (!this.dismissed.delete(exchange)) {
      this.inFlight.delete(exchange.id);
      this.deliver(respond, answer === undefined ? undefined : this.bounded(exchange.id, answer), error);
      exchange.close();
    }
    if (this.requestsInFlight === 0) this.wake();
    this.onWorkEnded?.();
  }

  /** Hands an answer over; never throws: whoever waits for something else is not to suffer for it. */
  private deliver(respond: Respond, answer: string | undefined, error?: number): void {
    try {
      respond(answer, error);
    } catch (thrown) {
      this.options.onUnexpected(thrown, 'handing over an answer');
    }
  }

  /** Answers a frame that could not be taken, where that is still possible. */
  private fail(error: unknown, { respond }: Route): void {
    const explained = this.explain(error, 'taking a message');
    this.deliver(respond, encodeError(undefined, explained), explained.code);
  }

  private encodeAnswer({ id, method }: Request, result: unknown): string {
    try {
      return encodeResult(id, result);
    } catch (error) {
      return encodeError(id, this.explain(error, method));
    }
  }

  /** The answer, or why it can't be sent; without the id when that alone would be too long to echo. */
  private bounded(id: RequestId | undefined, frame: string): string {
    if (!this.isTooLong(frame)) return frame;
    const error = new RpcError(
      INTERNAL_ERROR,
      `The answer would reach ${this.options.maxFrameBytes} bytes, more than clients take in one message`,
      {
        code: 'answer.too-long',
      },
    ).toObject();
    const refusal = encodeError(id, error);
    return this.isTooLong(refusal) ? encodeError(undefined, error) : refusal;
  }

  private isTooLong(frame: string): boolean {
    return takesAtLeast(this.options.maxFrameBytes, frame);
  }

  /** The unforeseen is told without stack or paths; the correlation id leads to them in the log. */
  private explain(error: unknown, method: string) {
    if (error instanceof RpcError) return error.toObject();
    const correlationId = this.options.onUnexpected(error, method);
    return { code: INTERNAL_ERROR, message: 'Internal error', data: { code: 'internal', correlationId } };
  }

  private settle(response: Response): void {
    if (!this.pending.settle(response)) this.options.onRefused('A response that nobody waits for');
  }

  private refuse({ id, error }: Invalid, respond: Respond): void {
    this.options.onRefused(error.message);
    respond(this.bounded(id, encodeError(id, error)), error.code);
  }

  private readonly send: Respond = (frame) => {
    if (frame !== undefined) this.options.sink.send(frame);
  };

  private wake(): void {
    if (this.idle.length === 0) return;
    const waiting = this.idle;
    this.idle = [];
    for (const resolve of waiting) resolve();
  }
}
