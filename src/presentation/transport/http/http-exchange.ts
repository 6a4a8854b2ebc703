import type { IncomingMessage, ServerResponse } from 'node:http';
import { countedName, type Principal } from '../../../application/request-context.ts';
import { encodeError } from '../../jsonrpc/encode.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import type { RpcError } from '../../jsonrpc/rpc-error.ts';
import type { Holding, ReceiveBudget } from './receive-budget.ts';

export interface Refusal {
  readonly status: number;
  readonly error: RpcError;
  readonly id?: RequestId | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One HTTP request that has passed the edge, and its response. */
export class HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Who sends it. */
  readonly principal: Principal;

  constructor(request: IncomingMessage, response: ServerResponse, principal: Principal) {
    this.request = request;
    this.response = response;
    this.principal = principal;
  }

  /** What its body has of the budget, until the response is closed or whoever keeps it lets go. */
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

  private whole(status: number, text: string, headers: Readonly<Record<string, string>>): void {
    this.response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
    this.response.end(text);
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

  /** Answers with an error that JSON-RPC clients understand. */
  refuse({ status, error, id, headers }: Refusal): void {
    this.json(status, encodeError(id, error.toObject()), headers);
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
