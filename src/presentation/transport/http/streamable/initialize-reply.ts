import type { TraceContext } from '../../../../application/request-context.ts';
import type { Reply } from '../../../jsonrpc/frame-sink.ts';
import type { HttpExchange } from '../http-exchange.ts';

/** The answer to `initialize`, which brings the session's id; a session that did not come about is dropped. */
export class InitializeReply implements Reply {
  private readonly exchange: HttpExchange;
  private readonly sessionId: string;
  private readonly onFailure: () => void;

  constructor(exchange: HttpExchange, sessionId: string, onFailure: () => void) {
    this.exchange = exchange;
    this.sessionId = sessionId;
    this.onFailure = onFailure;
  }

  get trace(): TraceContext | undefined {
    return this.exchange.trace;
  }

  /** Nothing comes before the answer to `initialize`. */
  send(): void {
    // not called
  }

  finish(answer: string | undefined, error?: number): void {
    if (error !== undefined || answer === undefined) this.onFailure();
    if (answer === undefined) this.exchange.empty(202);
    else this.exchange.json(200, answer, error === undefined ? { 'Mcp-Session-Id': this.sessionId } : {});
  }
}
