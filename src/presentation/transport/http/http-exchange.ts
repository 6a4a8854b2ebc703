import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../../../application/request-context.ts';
import { encodeError } from '../../jsonrpc/encode.ts';
import type { RequestId } from '../../jsonrpc/message.ts';
import type { RpcError } from '../../jsonrpc/rpc-error.ts';

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

  /** Answers with an error that JSON-RPC clients understand. */
  refuse({ status, error, id, headers }: Refusal): void {
    this.json(status, encodeError(id, error.toObject()), headers);
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
