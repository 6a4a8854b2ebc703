import type { Grant } from '../domain/policy/scope.ts';
import type { LogLevel } from '../domain/session/log-level.ts';
import type { SessionId } from '../domain/session/session-events.ts';
import type { JsonObject, JsonValue } from '../domain/shared/json.ts';
import { outsideName } from '../domain/text/outside-name.ts';
import type { Answers, Questions } from './asking.ts';

/** The caller: by the transport's authentication, on stdio the local user, and over the network where nobody has to say, everybody. */
export interface Principal {
  readonly id: string;
  readonly kind: 'local' | 'key' | 'token';
  /** Scopes that it may use; undefined: everything. */
  readonly scopes?: readonly Grant[];
  /** Milliseconds since 1970, where what it came with runs out. */
  readonly expires?: number;
  /** The name that it is counted by if not everybody of this id is one: an address. */
  readonly countedAs?: string;
}

export const localUser: Principal = { id: 'local', kind: 'local' };

/** Everybody who comes over the network where nobody has to authenticate: what they own is not the local user's. */
export const networkUser: Principal = { id: 'network', kind: 'local' };

/** The name under which what a principal uses is counted. */
export function countedName({ id, countedAs }: Principal): string {
  return countedAs ?? id;
}

/** More than any issuer and its longest subject (OpenID Connect: 255 characters). */
const LONGEST_ID = 512;

/** The id of a principal as events have it: that of a token has what its issuer wrote. */
export function principalName({ id, kind }: Principal): string {
  return kind === 'token' ? outsideName(id, LONGEST_ID) : id;
}

/** True if one may go on with work that the other began: the same person with less to use may not. */
export function isSamePrincipal(one: Principal, other: Principal): boolean {
  return one.id === other.id && String(one.scopes) === String(other.scopes);
}

export type ClientCapability = 'elicitation' | 'elicitation.url' | 'roots' | 'sampling' | 'sampling.tools';

export interface Client {
  readonly name: string;
  readonly version: string;
  /** True if the client declared, for this request, that it can be asked this. */
  can(capability: ClientCapability): boolean;
  /** True for a terminal: all of an answer reaches whoever reads it, however long it is. */
  readonly takesAll?: boolean;
}

/** W3C Trace Context, as it came in `_meta`. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

/** Everything a handler may know about the outside besides its ports. */
export interface RequestContext {
  readonly principal: Principal;
  readonly client: Client;
  /** Opaque; what this client opens belongs to it. */
  readonly scope: string;
  readonly sessionId?: SessionId | undefined;
  readonly trace?: TraceContext | undefined;
  /** The request's `_meta`, as it came. */
  readonly meta: JsonObject;
  /** Aborted when nobody waits for the result any more: cancelled, timed out, shut down. */
  readonly signal: AbortSignal;
  /** Tells how far the work is. Must grow from call to call; silent when the client gave no token. */
  progress(value: number, total?: number, message?: string): void;
  /** A log message for the client, if it wants messages of this level. */
  log(level: LogLevel, data: JsonValue, logger?: string): void;
  /**
   * Asks the client, all questions at once. Ask before changing anything: the handler may be run again from its top.
   * @throws DomainError `client.capability-missing`
   * @throws InputRequired (let it pass)
   */
  ask<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>>;
  /** `file:` URIs of the folders that the client works in; undefined when it doesn't say. */
  roots(): Promise<readonly string[] | undefined>;
}

/** A call as the pipeline drives it: what a handler may know, and what only the pipeline may do. */
export interface CallContext extends RequestContext {
  /** True if the client gave a token to tell progress with. */
  readonly wantsProgress: boolean;
  /** Tells that the work goes on, unless it has told its progress since the heartbeat before; silent as `progress` is. */
  heartbeat(message: string): void;
  /** Calls back when the work begins to wait for the client (true) and when it goes on (false); at once if it waits now. */
  onWaiting(listener: (isWaiting: boolean) => void): void;
  /** Tells whether the principal would still be admitted: its key may have been revoked since the call came, its token run out. */
  isStillAuthorized(): boolean;
  /** Ends the work from our side; unlike a cancellation, the client still gets an answer. */
  interrupt(reason: Error): void;
}
