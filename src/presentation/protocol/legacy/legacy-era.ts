import type { Eventual } from '../../../application/eventual.ts';
import type { Negotiated, SessionSnapshot } from '../../../domain/session/session.ts';
import type { SessionId } from '../../../domain/session/session-events.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { Request } from '../../jsonrpc/message.ts';
import type { Peer } from '../../jsonrpc/peer.ts';
import { invalidRequest, methodNotFound, type RpcError } from '../../jsonrpc/rpc-error.ts';
import { isOffered } from '../capabilities.ts';
import { createClient } from '../client.ts';
import type { Caller } from '../era-context.ts';
import { readMeta } from '../meta.ts';
import type { Features } from '../revisions.ts';
import type { Services } from '../services.ts';
import { ClientRoots } from './client-roots.ts';
import { LegacyContext, type LegacySession } from './context.ts';
import { decodeInitialize, encodeInitialize } from './lifecycle.ts';
import { methods } from './methods.ts';

/** The open session and what was agreed when it was opened. */
interface OpenSession extends LegacySession {
  readonly features: Features;
  readonly caller: Caller;
  /** As the last command left it. */
  session: SessionSnapshot;
  readonly remember: (session: SessionSnapshot) => void;
  confirmed?: Promise<void>;
  roots?: ClientRoots;
}

/** The era of `initialize`, on one connection: at most one session at a time. */
export class LegacyEra {
  private readonly services: Services;
  private readonly peer: Peer;
  /** The session there is or that is being opened: requests that came right behind `initialize` wait for it. */
  private opening: Promise<OpenSession> | undefined;
  private current: OpenSession | undefined;
  private agreed: Features | undefined;
  /** The next session's id, if the client knows it already: only of the first on a connection. */
  private sessionId: SessionId | undefined;

  constructor(services: Services, peer: Peer) {
    this.services = services;
    this.peer = peer;
    this.sessionId = services.sessionId;
  }

  get hasSession(): boolean {
    return this.opening !== undefined;
  }

  /** Features of the revision agreed on; kept when the session ends. */
  get agreement(): Features | undefined {
    return this.agreed;
  }

  /** True if the revision agreed on has JSON-RPC arrays. */
  get acceptsBatches(): boolean {
    return this.agreed?.batches ?? false;
  }

  /** Without a session only `initialize` and `ping`, as `classify` sees to. */
  handle(request: Request, exchange: Exchange): Eventual<JsonObject> {
    const meta = readMeta(request.params);
    if (request.method === 'initialize') return this.initialize(request, exchange);
    if (this.current) return this.serve(this.current, request, exchange, meta);
    if (this.opening !== undefined)
      return this.opening.then((current) => this.serve(current, request, exchange, meta));
    return {}; // a ping: nothing else comes without a session
  }

  /** `notifications/initialized`. */
  confirm(): void {
    this.opening
      ?.then((current) => this.confirmed(current))
      .catch((error) => this.services.logger.error('Confirming a session failed', { error: String(error) }));
  }

  /** `notifications/roots/list_changed`. */
  rootsChanged(): void {
    if (this.current?.session.state === 'ready') this.askForRoots(this.current);
  }

  /** The surface has changed: tells a client whose session is ready. */
  listChanged(list: 'tools' | 'resources' | 'prompts'): void {
    if (this.current?.session.state === 'ready') this.peer.notify(`notifications/${list}/list_changed`, {});
  }

  /** A resource has changed: tells the client if its session, as stored, is subscribed to it. */
  async resourceUpdated(uri: string): Promise<void> {
    if (!this.current) return;
    const session = await this.services.application.queries.getSession({
      sessionId: this.current.session.id,
    });
    if (session?.state !== 'ready' || !session.subscriptions.has(uri)) return;
    this.peer.notify('notifications/resources/updated', { uri });
  }

  /** Ends the session, if there is one, when `drain` has resolved. */
  async close(drain: () => Promise<void>): Promise<void> {
    const { opening } = this;
    this.opening = undefined; // at once: a new session may be opened while this one still closes
    this.current = undefined;
    const current = await opening?.catch(() => undefined);
    if (!current) return await drain();
    await this.services.application.commands.closeSession({ sessionId: current.session.id, drain });
  }

  /** A second `initialize` ends the session before it: proxies and inspectors reconnect that way. */
  private async initialize({ params }: Request, exchange: Exchange): Promise<JsonObject> {
    if (exchange.inBatch) throw invalidRequest('Expected "initialize" to come alone, got it in a batch');
    exchange.protect();
    const { negotiated, features } = decodeInitialize(params);
    const previous = this.hasSession ? this.replace() : undefined;
    this.agreed = features;
    const opening = this.open(negotiated, features, previous);
    this.opening = opening;
    opening.then(
      (current) => {
        if (this.opening === opening) this.current = current;
      },
      () => {
        if (this.opening === opening) this.opening = undefined; // a failed initialize leaves no session behind
      },
    );
    await opening;
    return encodeInitialize(this.services, features);
  }

  private async open(
    negotiated: Negotiated,
    features: Features,
    previous: Promise<void> | undefined,
  ): Promise<OpenSession> {
    await previous;
    const id = this.sessionId;
    this.sessionId = undefined;
    const session = await this.services.application.commands.initializeSession({ ...negotiated, id });
    const current: OpenSession = {
      session,
      features,
      caller: this.callerOf(session, features),
      remember: (latest) => {
        current.session = latest;
      },
    };
    return current;
  }

  /** Answers at once: what comes behind the new `initialize` is the new session's, with ids that begin anew. */
  private replace(): Promise<void> {
    const owner = this.current?.session.id;
    if (owner !== undefined) this.peer.dismissAll(sessionReplaced(), owner);
    return this.close(async () => undefined);
  }

  private callerOf(session: SessionSnapshot, features: Features): Caller {
    const client = createClient(session.client, session.capabilities, features);
    const { principal, isStillAuthorized } = this.services;
    return { principal, isStillAuthorized, client, scope: session.id, sessionId: session.id, features };
  }

  private serve(
    current: OpenSession,
    request: Request,
    exchange: Exchange,
    meta: JsonObject,
  ): Eventual<JsonObject> {
    const { method, params } = request;
    exchange.owner = current.session.id;
    const found = methods.get(method);
    if (!found || (found.needs && !isOffered(found.needs, this.services.application)))
      throw methodNotFound(method);
    if (current.session.state === 'initializing' && method !== 'ping') {
      return this.confirmed(current).then(() => this.serve(current, request, exchange, meta));
    }
    exchange.requireWanted();
    return found.run({
      params,
      exchange,
      services: this.services,
      features: current.features,
      session: current.session,
      context: new LegacyContext(current.caller, exchange, meta, current),
      remember: current.remember,
    });
  }

  /** Once a session: an ordinary request before `notifications/initialized` counts as one. */
  private confirmed(current: OpenSession): Promise<void> {
    current.confirmed ??= this.services.application.commands
      .confirmSession({ sessionId: current.session.id })
      .then((session) => {
        current.session = session;
        this.askForRoots(current);
      });
    return current.confirmed;
  }

  /** Asked once the session is ready, where its tools go by them, and whenever they change. */
  private askForRoots(current: OpenSession): void {
    const { pinRoots, logger } = this.services;
    if (pinRoots === undefined || !current.caller.client.can('roots')) return;
    current.roots ??= new ClientRoots({ peer: this.peer, logger, pinRoots });
    current.roots.ask();
  }
}

function sessionReplaced(): RpcError {
  return invalidRequest('The session was ended by another "initialize" before this was done', {
    code: 'session.replaced',
  });
}
