import { AggregateRoot } from '../shared/aggregate-root.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { EventStamp } from '../shared/domain-event.ts';
import type { JsonObject } from '../shared/json.ts';
import { outsideName } from '../text/outside-name.ts';
import type { LogLevel } from './log-level.ts';
import type { SessionEvent, SessionId } from './session-events.ts';
import { type SessionState, transition } from './session-state.ts';

export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

/** The terms that client and server agreed on. */
export interface Negotiated {
  readonly protocolVersion: string;
  readonly client: ClientInfo;
  /** As the client declared them. */
  readonly capabilities: JsonObject;
}

export interface SessionSnapshot extends Negotiated {
  readonly id: SessionId;
  readonly state: SessionState;
  readonly logLevel: LogLevel;
  /** URIs of the resources whose changes the client wants to hear of. */
  readonly subscriptions: ReadonlySet<string>;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

const NOTHING_NEGOTIATED: Negotiated = {
  protocolVersion: '',
  client: { name: '', version: '' },
  capabilities: {},
};

/** Resources that one session may watch. */
export const MAX_SUBSCRIPTIONS = 256;

/** A legacy client's session, from `initialize` to its end. */
export class Session extends AggregateRoot<SessionEvent> {
  private current: SessionSnapshot;

  private constructor(snapshot: SessionSnapshot) {
    super();
    this.current = snapshot;
  }

  /** A new session, not yet initialized. Without a word from the client its log level is `info`. */
  static open(id: SessionId, stamp: EventStamp): Session {
    const session = new Session({
      ...NOTHING_NEGOTIATED,
      id,
      state: 'created',
      logLevel: 'info',
      subscriptions: new Set(),
      createdAt: stamp.occurredAt,
    });
    session.tell('SessionCreated', stamp, { sessionId: id });
    return session;
  }

  /** A stored session, as it was; tells no events. */
  static rehydrate(snapshot: SessionSnapshot): Session {
    return new Session(snapshot);
  }

  get id(): SessionId {
    return this.current.id;
  }

  get state(): SessionState {
    return this.current.state;
  }

  /** The whole state, immutable. */
  snapshot(): SessionSnapshot {
    return this.current;
  }

  /** `initialize` was asked: what was agreed is fixed from here on. */
  initialize(negotiated: Negotiated): void {
    this.become('initializing', negotiated);
  }

  /** The client confirmed, or went on as if it had. */
  confirm(stamp: EventStamp): void {
    this.become('ready');
    const { id, client } = this.current;
    this.tell('SessionInitialized', stamp, {
      sessionId: id,
      clientName: outsideName(client.name),
      clientVersion: outsideName(client.version),
    });
  }

  setLogLevel(logLevel: LogLevel): void {
    this.requireLive();
    this.current = { ...this.current, logLevel };
  }

  /** @throws DomainError `session.too-many-subscriptions` beyond 256 */
  subscribe(uri: string): void {
    this.requireLive();
    const subscriptions = new Set(this.current.subscriptions).add(uri);
    if (subscriptions.size > MAX_SUBSCRIPTIONS) throw tooManySubscriptions();
    this.current = { ...this.current, subscriptions };
  }

  /** Unsubscribing from what was never subscribed is no error. */
  unsubscribe(uri: string): void {
    this.requireLive();
    const subscriptions = new Set(this.current.subscriptions);
    subscriptions.delete(uri);
    this.current = { ...this.current, subscriptions };
  }

  /** No new work from here on; what runs may finish. */
  beginClosing(): void {
    this.become('closing');
  }

  /** Everything is cleaned up. */
  finishClosing(stamp: EventStamp): void {
    this.become('closed');
    this.tell('SessionClosed', stamp, { sessionId: this.current.id });
  }

  private become(state: SessionState, change: Partial<Negotiated> = {}): void {
    this.current = { ...this.current, ...change, state: transition(this.current.state, state) };
  }

  private requireLive(): void {
    const { state } = this.current;
    if (state === 'initializing' || state === 'ready') return;
    throw new DomainError('session.not-ready', 'conflict', `The session is ${state}`, { state });
  }

  private tell<Event extends SessionEvent>(
    type: Event['type'],
    stamp: EventStamp,
    payload: Event['payload'],
  ): void {
    const aggregate = { type: 'session', id: this.current.id };
    this.record({ ...stamp, type, class: 'audit', aggregate, payload } as SessionEvent);
  }
}

export function tooManySubscriptions(): DomainError {
  return new DomainError(
    'session.too-many-subscriptions',
    'exhausted',
    `A session can subscribe to at most ${MAX_SUBSCRIPTIONS} resources; unsubscribe from one first`,
    { limit: MAX_SUBSCRIPTIONS },
  );
}
