import type { JsonObject } from '../../domain/shared/json.ts';

/** MCP narrows JSON-RPC 2.0: a string or an integer, never null. Compared type-strictly: 7 is not "7". */
export type RequestId = string | number;

export interface Request {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  readonly params: JsonObject | undefined;
}

export interface Notification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: JsonObject | undefined;
}

/** The other side's answer to a request of ours. */
export interface Response {
  readonly kind: 'response';
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Something that must be refused; with an id, if it had one that can be answered. */
export interface Invalid {
  readonly kind: 'invalid';
  readonly id?: RequestId;
  readonly error: ErrorObject;
}

export interface Batch {
  readonly kind: 'batch';
  readonly members: readonly Message[];
}

export type Message = Request | Notification | Response | Invalid;

/** JSON-RPC 2.0, section 5.1. */
export interface ErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: JsonObject;
}
