import type { ErrorCode } from './error-code.ts';
import type { JsonObject } from './json.ts';

/** The kind of a failure; each edge (JSON-RPC, HTTP, command line) translates it once. */
export type DomainErrorKind =
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'exhausted'
  | 'unavailable'
  | 'internal';

/** A failure that the domain has a name for, e.g. `session.not-ready`. Its message is safe to show to a client. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly kind: DomainErrorKind;
  /** Facts beyond its code: names and values that may be shown. */
  readonly data: JsonObject;

  constructor(code: ErrorCode, kind: DomainErrorKind, message: string, data: JsonObject = {}) {
    super(message);
    this.code = code;
    this.kind = kind;
    this.data = data;
  }
}
