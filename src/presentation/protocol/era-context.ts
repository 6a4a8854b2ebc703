import type { Answers, Questions } from '../../application/asking.ts';
import type { CallContext, Client, Principal, TraceContext } from '../../application/request-context.ts';
import type { LogLevel } from '../../domain/session/log-level.ts';
import type { SessionId } from '../../domain/session/session-events.ts';
import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import type { Exchange } from '../jsonrpc/exchange.ts';
import { progressTokenOf, traceOf } from './meta.ts';
import type { Features } from './revisions.ts';

export interface Caller {
  readonly principal: Principal;
  readonly isStillAuthorized?: (() => boolean) | undefined;
  readonly client: Client;
  readonly scope: string;
  readonly sessionId?: SessionId;
  readonly features: Features;
}

const DROPPABLE = { droppable: true };

/** The shared part of the eras' request contexts; each adds how it logs and how it asks. */
export abstract class EraContext implements CallContext {
  readonly meta: JsonObject;
  protected readonly caller: Caller;
  protected readonly exchange: Exchange;
  private reached = Number.NEGATIVE_INFINITY;
  private total: number | undefined;
  private reachedAtHeartbeat = Number.NEGATIVE_INFINITY;

  constructor(caller: Caller, exchange: Exchange, meta: JsonObject) {
    this.caller = caller;
    this.exchange = exchange;
    this.meta = meta;
  }

  get principal(): Principal {
    return this.caller.principal;
  }

  get client(): Client {
    return this.caller.client;
  }

  get scope(): string {
    return this.caller.scope;
  }

  get sessionId(): SessionId | undefined {
    return this.caller.sessionId;
  }

  get trace(): TraceContext | undefined {
    return this.exchange.span?.trace ?? traceOf(this.meta);
  }

  get signal(): AbortSignal {
    return this.exchange.signal;
  }

  get wantsProgress(): boolean {
    return progressTokenOf(this.meta) !== undefined;
  }

  isStillAuthorized(): boolean {
    return this.caller.isStillAuthorized?.() ?? true;
  }

  progress(value: number, total?: number, message?: string): void {
    const progressToken = progressTokenOf(this.meta);
    if (progressToken === undefined || !Number.isFinite(value)) return;
    if (value <= this.reached) return; // MCP, progress: it MUST increase
    this.reached = value;
    this.total = total;
    const told = message !== undefined && this.caller.features.progressMessage;
    this.exchange.notify(
      'notifications/progress',
      { progressToken, progress: value, ...(total !== undefined && { total }), ...(told && { message }) },
      DROPPABLE,
    );
  }

  heartbeat(message: string): void {
    if (this.reached === this.reachedAtHeartbeat) {
      const value = justAbove(this.reached);
      const total = this.total !== undefined && this.total >= value ? this.total : undefined;
      this.progress(value, total, message);
    }
    this.reachedAtHeartbeat = this.reached;
  }

  log(level: LogLevel, data: JsonValue, logger?: string): void {
    if (!this.wantsLog(level)) return;
    this.exchange.notify(
      'notifications/message',
      { level, ...(logger !== undefined && { logger }), data },
      DROPPABLE,
    );
  }

  interrupt(reason: Error): void {
    this.exchange.interrupt(reason);
  }

  /** Only an era that sends questions of its own ever waits; the other unwinds. */
  onWaiting(_listener: (isWaiting: boolean) => void): void {
    // nothing to tell
  }

  /** Only an era with sessions can know them before a call. */
  async roots(): Promise<readonly string[] | undefined> {
    return undefined;
  }

  abstract ask<Asked extends Questions>(questions: Asked): Promise<Answers<Asked>>;

  protected abstract wantsLog(level: LogLevel): boolean;
}

/** So little more that whatever the work tells next is more than that; nought at the start. */
function justAbove(value: number): number {
  return value === Number.NEGATIVE_INFINITY ? 0 : value + Math.max(Math.abs(value), 1) / 1_000_000;
}
