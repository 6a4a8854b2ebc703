import type { IncomingMessage, ServerResponse } from 'node:http';
import { countedName, type Principal, type TraceContext } from '../../../application/request-context.ts';
import { encodeError } from '../../jsonrpc/encode.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import { METHOD_NOT_ALLOWED, type Refusal } from '../../protocol/http/refusals.ts';
import { traceOf } from '../../protocol/meta.ts';
import type { SharedBudget } from './connections/shared-budget.ts';
import type { Holding, ReceiveBudget } from './receiving/receive-budget.ts';
import { UnsentBytes } from './sending/unsent-bytes.ts';

/** Characters from which on a text is kept as bytes, and joined to no other: to join large texts is to copy them. */
export const LARGE = 64 * 1024;

export type HttpExchangeFacts = Pick<HttpExchange, 'request' | 'response' | 'principal'> & {
  readonly sending: SharedBudget;
};

/** One HTTP request that has passed the edge, and its response. */
export class HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Its sender. */
  readonly principal: Principal;
  /** For what waits to be sent. */
  private readonly sending: SharedBudget;
  private counted: UnsentBytes | undefined;

  constructor({ request, response, principal, sending }: HttpExchangeFacts) {
    this.request = request;
    this.response = response;
    this.principal = principal;
    this.sending = sending;
  }

  /** The share of its body in the budget, until the response is closed or whoever keeps it lets go. */
  held: Holding | undefined;

  /** Begins to count the body. */
  hold(budget: ReceiveBudget): Holding {
    const held = budget.open(countedName(this.principal));
    this.held = held;
    this.response.once('close', () => {
      if (!held.isKept) held.release();
    });
    return held;
  }

  /** A header by its lower-case name; several of one name joined. */
  readonly header = (name: string): string | undefined => headerOf(this.request, name);

  /** The trace that it is in, by its own headers (W3C Trace Context). */
  get trace(): TraceContext | undefined {
    return traceOf({
      traceparent: this.header('traceparent') ?? null,
      tracestate: this.header('tracestate') ?? null,
    });
  }

  /** Answers with a whole body of JSON. */
  json(status: number, text: string, headers?: Readonly<Record<string, string>>): void {
    this.whole(status, text, { ...headers, 'Content-Type': 'application/json' });
  }

  /** Answers with a whole body of plain text. */
  text(status: number, text: string): void {
    this.whole(status, text, { 'Content-Type': 'text/plain; charset=utf-8' });
  }

  /** Answers without a body. */
  empty(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.response.writeHead(status, { ...headers, 'Content-Length': 0 });
    this.response.end();
  }

  /** Sends a part of the body, after the head. */
  write(text: string): void {
    const { unsent } = this;
    const { content, bytes } = contentOf(text);
    unsent.add(bytes);
    this.response.write(content, () => unsent.remove(bytes));
  }

  private whole(status: number, text: string, headers: Readonly<Record<string, string>>): void {
    const { response } = this;
    const { content, bytes } = contentOf(text);
    response.writeHead(status, { ...headers, 'Content-Length': bytes });
    response.end(content);
    if (response.writableLength > 0) this.unsent.add(bytes); // most are with the system by now
  }

  private get unsent(): UnsentBytes {
    if (this.counted) return this.counted;
    const { request, response, principal } = this;
    const unsent = new UnsentBytes(this.sending, countedName(principal), () => request.socket.destroy());
    this.counted = unsent;
    if (response.destroyed) unsent.close();
    else response.once('close', () => unsent.close());
    return unsent;
  }

  /**
   * Answers with an error before the request has come to its end, which the response then waits for: a client that is still writing
   * when its connection is closed never sees why.
   */
  refuseEarly({ status, error, headers }: Refusal): void {
    const text = encodeError(undefined, error.toObject());
    const { request, response } = this;
    response.writeHead(status, {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.write(text);
    request.once('end', () => response.end());
  }

  /** Answers without a body that the path has only these methods. */
  refuseMethod(...allowed: readonly string[]): void {
    this.empty(METHOD_NOT_ALLOWED, { Allow: allowed.join(', ') });
  }

  /** Answers with an error that JSON-RPC clients understand. @param id of the request in the body, where it is known */
  refuse({ status, error, headers }: Refusal, id?: RequestId): void {
    this.json(status, encodeError(id, error.toObject()), headers);
  }
}

/** A large text waits as bytes: no more than it will send, and the text itself can be freed. */
function contentOf(text: string): { readonly content: string | Buffer; readonly bytes: number } {
  if (text.length < LARGE) return { content: text, bytes: Buffer.byteLength(text) };
  const content = Buffer.from(text);
  return { content, bytes: content.length };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
