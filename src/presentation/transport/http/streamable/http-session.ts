import { countedName, type Principal } from '../../../../application/request-context.ts';
import type { SessionId } from '../../../../domain/session/session-events.ts';
import type { FrameSink } from '../../../jsonrpc/frame-sink.ts';
import type { McpConnection } from '../../../protocol/mcp-connection.ts';
import type { OpenConnection } from '../connections/open-connections.ts';
import type { SharedBudget } from '../connections/shared-budget.ts';
import { EventLog } from './event-log.ts';
import { SessionStream } from './session-stream.ts';

/** The stream that GET opens, for what belongs to no request. */
const STANDALONE = 0;

export interface HttpSessionFacts {
  /**
   * The client's session has one id: it is `Mcp-Session-Id` on the wire, and the `SessionId` under which the domain stores the
   * session, logs it and tells its events. Over HTTP the transport makes it, by node:crypto, since whoever knows it can use the
   * session: visible ASCII, not to be guessed (MCP 2025-11-25, basic/transports, "Session Management"). It proves no identity:
   * another principal that knows it finds no session.
   */
  readonly id: SessionId;
  /** Nobody else may use it. */
  readonly principal: Principal;
  readonly connect: (sink: FrameSink, session: HttpSession) => McpConnection;
  /** The budget that its log shares with those of the other sessions. */
  readonly logs: SharedBudget;
  readonly now: number;
}

/** A legacy session over HTTP: its connection, and the streams of it that are open. */
export class HttpSession implements OpenConnection {
  readonly id: SessionId;
  readonly connection: McpConnection;
  readonly log: EventLog;
  readonly standalone: SessionStream;
  /** Milliseconds, of a clock that never goes back. */
  lastUsed: number;
  private owner: Principal;
  private readonly open: Map<number, SessionStream>;
  private opened = STANDALONE;

  constructor({ id, principal, connect, logs, now }: HttpSessionFacts) {
    this.id = id;
    this.owner = principal;
    this.log = new EventLog(logs, countedName(principal));
    this.standalone = new SessionStream(STANDALONE, this.log);
    this.open = new Map([[STANDALONE, this.standalone]]);
    this.lastUsed = now;
    this.connection = connect(this.standalone, this);
  }

  /** Its principal, by the newest token that it came with. */
  get principal(): Principal {
    return this.owner;
  }

  /** Notes that its principal has come back, perhaps with a token that is good for longer, or a renewed key. */
  use(principal: Principal): void {
    this.lastUsed = performance.now();
    if (principal.kind === 'key' || (principal.expires ?? 0) > (this.owner.expires ?? 0))
      this.owner = principal;
  }

  /** True if its client comes back for the rest of a stream that ends early: those of older revisions would wait for ever. */
  get resumesStreams(): boolean {
    return this.connection.agreed?.resumesStreams === true;
  }

  /**
   * Ends a stream after some time, if its client comes back for the rest.
   * @param milliseconds 0: it goes on for as long as it takes
   * @returns the timer, for a stream that ends before
   */
  limitStream(milliseconds: number, end: () => void): NodeJS.Timeout | undefined {
    return milliseconds > 0 && this.resumesStreams ? setTimeout(end, milliseconds).unref() : undefined;
  }

  /** True while nothing is under way and nobody listens. */
  get isIdle(): boolean {
    return !this.standalone.isCarried && this.connection.peer.requestsInFlight === 0;
  }

  /** A stream for the answer to one POST. */
  newStream(): SessionStream {
    this.opened += 1;
    const stream = new SessionStream(this.opened, this.log);
    this.open.set(stream.id, stream);
    return stream;
  }

  /** Nothing follows on the stream; what came on it can still be asked for. */
  finish(stream: SessionStream): void {
    stream.finish();
    this.open.delete(stream.id);
    this.log.finish(stream.id);
  }

  find(id: number): SessionStream | undefined {
    return this.open.get(id);
  }

  /** Ends its streams: nobody will come back for what they had. */
  end(): void {
    for (const stream of [...this.open.values()]) this.finish(stream);
    this.log.close();
  }
}
