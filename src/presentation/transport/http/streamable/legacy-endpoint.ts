import type { Batch, Message, Request, RequestId } from '../../../jsonrpc/message.ts';
import { SESSION_HEADER, VERSION_HEADER } from '../../../protocol/http/headers.ts';
import {
  eventsLost,
  notAcceptable,
  sessionMissing,
  sessionNotFound,
  sessionOpen,
  tooManySessions,
  versionUnsupported,
} from '../../../protocol/http/refusals.ts';
import { supportedVersions } from '../../../protocol/revisions.ts';
import type { Connect } from '../../connect.ts';
import { accepts } from '../accepts.ts';
import type { Admission } from '../admission/admission.ts';
import { limitPost } from '../admission/limit-frame.ts';
import type { RevocationWatch } from '../admission/revocation-watch.ts';
import type { OpenConnections } from '../connections/open-connections.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { EventStream } from '../sending/event-stream.ts';
import type { KeepAlive } from '../sending/keep-alive.ts';
import type { Missed } from './event-log.ts';
import type { HttpSession } from './http-session.ts';
import { HttpSessions } from './http-sessions.ts';
import { InitializeReply } from './initialize-reply.ts';
import { SessionReply } from './session-reply.ts';
import type { SessionStream } from './session-stream.ts';

export interface LegacyEndpointOptions {
  readonly connect: Connect;
  readonly connections: OpenConnections;
  /** Sessions at once. */
  readonly maxSessions: number;
  /** Milliseconds after which a session that nobody uses is closed. */
  readonly sessionIdleMs: number;
  /** Milliseconds for which a client waits on one response, where it can come back for the rest; 0: for as long as it takes. */
  readonly streamMs?: number | undefined;
  /** Counts what one POST has beyond its first message; absent where there is no rate. */
  readonly countMessages?: Admission['countMessages'] | undefined;
  readonly held: KeepAlive;
  /** Absent where nobody has to authenticate. */
  readonly revocations?: RevocationWatch | undefined;
}

/** Streamable HTTP as it was from 2025-03-26 to 2025-11-25: sessions, a stream for what belongs to no request, resumption. */
export class LegacyEndpoint {
  private readonly sessions: HttpSessions;
  private readonly held: KeepAlive;
  private readonly streamMs: number;
  private readonly countMessages: LegacyEndpointOptions['countMessages'];

  constructor({
    connect,
    connections,
    maxSessions,
    sessionIdleMs,
    streamMs = 0,
    held,
    countMessages,
    revocations,
  }: LegacyEndpointOptions) {
    this.held = held;
    this.streamMs = streamMs;
    this.countMessages = countMessages;
    this.sessions = new HttpSessions({
      most: maxSessions,
      idleMs: sessionIdleMs,
      connections,
      revocations,
      connect: (sink, session) =>
        connect({
          sink,
          get principal() {
            return session.principal;
          },
          onShutdown: () => void this.sessions.close(session),
          sessionId: session.id,
        }),
    });
  }

  async post(frame: Message | Batch, exchange: HttpExchange): Promise<void> {
    if (!accepts(exchange.header('accept'), 'application/json', 'text/event-stream')) {
      exchange.refuse(notAcceptable('application/json and text/event-stream'), idOf(frame));
    } else if (frame.kind === 'request' && frame.method === 'initialize') this.initialize(frame, exchange);
    else {
      const session = this.sessionOf(exchange, idOf(frame));
      if (session) await this.take(frame, exchange, session);
    }
  }

  /** GET: a stream for what belongs to no request, or the rest of one that broke. */
  listen(exchange: HttpExchange): void {
    if (!accepts(exchange.header('accept'), 'text/event-stream')) {
      exchange.refuse(notAcceptable('text/event-stream'));
      return;
    }
    const session = this.sessionOf(exchange);
    if (!session) return;
    const lastEventId = exchange.header('last-event-id');
    if (lastEventId !== undefined) this.resume(session, lastEventId, exchange);
    else {
      const carrier = new EventStream(exchange);
      session.standalone.join(carrier);
      this.hold(session, exchange, session.standalone, carrier);
    }
  }

  /** DELETE: the client has no more use for its session. */
  async end(exchange: HttpExchange): Promise<void> {
    const session = this.sessionOf(exchange);
    if (!session) return;
    await this.sessions.close(session);
    exchange.empty(204);
  }

  private async take(frame: Message | Batch, exchange: HttpExchange, session: HttpSession): Promise<void> {
    const { connection } = session;
    const allowed = limitPost(frame, {
      connection,
      principal: exchange.principal,
      countMessages: this.countMessages,
    });
    const taken = allowed instanceof Promise ? await allowed : allowed; // what needs no waiting is taken at once
    connection.peer.take(taken, new SessionReply(exchange, session, this.held, this.streamMs));
  }

  /** A session that ended, or that never was, does not keep a client from beginning anew. */
  private initialize(frame: Request, exchange: HttpExchange): void {
    if (this.refusesVersion(exchange, frame.id)) return;
    const id = exchange.header(SESSION_HEADER);
    if (id !== undefined && this.sessions.find(id, exchange.principal)) {
      exchange.refuse(sessionOpen, frame.id);
      return;
    }
    const session = this.sessions.open(exchange.principal);
    if (session) {
      const reply = new InitializeReply(exchange, session.id, () => void this.sessions.close(session));
      session.connection.peer.take(frame, reply);
    } else exchange.refuse(tooManySessions(true), frame.id);
  }

  private resume(session: HttpSession, lastEventId: string, exchange: HttpExchange): void {
    const found = session.log.after(lastEventId);
    if (found) this.carry(session, exchange, found);
    else exchange.refuse(eventsLost);
  }

  /** Sends what was missed on a stream, and from here on what comes. */
  private carry(session: HttpSession, exchange: HttpExchange, { stream: id, missed }: Missed): void {
    const carrier = new EventStream(exchange);
    for (const [event, data] of missed) carrier.send({ data, id: event });
    const stream = session.find(id);
    if (!stream) {
      carrier.end();
      return;
    }
    stream.carry(carrier);
    this.hold(session, exchange, stream, carrier);
  }

  private hold(
    session: HttpSession,
    exchange: HttpExchange,
    stream: SessionStream,
    carrier: EventStream,
  ): void {
    this.held.hold(carrier);
    const lifetime = session.limitStream(this.streamMs, () => stream.sendAway(carrier));
    exchange.response.once('close', () => {
      this.held.release(carrier);
      clearTimeout(lifetime);
      stream.drop(carrier);
      session.lastUsed = performance.now();
    });
  }

  /** Refuses a request whose header names a revision that is not served. @returns whether it did */
  private refusesVersion(exchange: HttpExchange, request: RequestId | undefined): boolean {
    const version = exchange.header(VERSION_HEADER);
    if (version === undefined || supportedVersions.includes(version)) return false;
    exchange.refuse(versionUnsupported, request);
    return true;
  }

  /** The session that a request names; undefined when the request was refused for it. */
  private sessionOf(exchange: HttpExchange, request?: RequestId): HttpSession | undefined {
    if (this.refusesVersion(exchange, request)) return undefined;
    const id = exchange.header(SESSION_HEADER);
    const session = id === undefined ? undefined : this.sessions.find(id, exchange.principal);
    if (!session) exchange.refuse(id === undefined ? sessionMissing : sessionNotFound, request);
    return session;
  }
}

function idOf(frame: Message | Batch): RequestId | undefined {
  return frame.kind === 'request' ? frame.id : undefined;
}
