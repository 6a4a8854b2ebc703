import type { Eventual } from '../../application/eventual.ts';
import type { Exchange } from '../jsonrpc/exchange.ts';
import type { Message, Notification, Request } from '../jsonrpc/message.ts';
import { isRequestId } from '../jsonrpc/parse.ts';
import { Peer } from '../jsonrpc/peer.ts';
import type { Protocol } from '../jsonrpc/protocol.ts';
import { claimedVersion, claimsModern, classify } from './classify.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { toRpcError as explainLegacy } from './legacy/errors.ts';
import { LegacyEra } from './legacy/legacy-era.ts';
import { toRpcError as explainModern } from './modern/errors.ts';
import { ModernEra } from './modern/modern-era.ts';
import type { Features } from './revisions.ts';
import type { Services } from './services.ts';
import { type ChangeListener, onSurfaceChange } from './surface-changes.ts';
import { instrumented } from './with-metrics.ts';

/** One client's connection, which speaks every revision at once. */
export class McpConnection implements Protocol, ChangeListener {
  readonly peer: Peer;
  private readonly legacy: LegacyEra;
  private readonly modern: ModernEra;
  private readonly services: Services;
  private unsubscribe: (() => void) | undefined;

  constructor({ services, ...options }: ConnectionOptions) {
    const versionOf = ({ params }: Request) => claimedVersion(params) ?? this.agreed?.version;
    const protocol = () => instrumented(this, services, versionOf);
    this.peer = new Peer({ ...options, protocol });
    this.legacy = new LegacyEra(services, this.peer);
    this.modern = new ModernEra(services, this.peer, () => this.listen());
    this.services = services;
  }

  handle(request: Request, exchange: Exchange): Eventual<unknown> {
    const classified = classify(request, this.legacy.hasSession);
    switch (classified.era) {
      case 'legacy':
        this.listen();
        return this.legacy.handle(request, exchange);
      case 'modern':
        return this.modern.handle(request, exchange, classified.envelope);
      case 'none':
        throw classified.error;
    }
  }

  explain(error: unknown, { params }: Request): unknown {
    return claimsModern(params) ? explainModern(error) : explainLegacy(error);
  }

  /** Unknown notifications are nobody's business (JSON-RPC 2.0, section 4.1). */
  notice({ method, params }: Notification): void {
    if (method === 'notifications/initialized') this.legacy.confirm();
    if (method === 'notifications/roots/list_changed') this.legacy.rootsChanged();
    if (method !== 'notifications/cancelled') return;
    const { requestId, reason } = params ?? {};
    if (isRequestId(requestId))
      this.peer.cancel(requestId, new Error(typeof reason === 'string' ? reason : 'Cancelled by the client'));
  }

  acceptsBatch(members: readonly Message[]): boolean {
    return (
      this.legacy.acceptsBatches &&
      !members.some((member) => 'params' in member && claimsModern(member.params))
    );
  }

  listChanged(list: 'tools' | 'resources' | 'prompts'): void {
    this.legacy.listChanged(list);
    this.modern.listChanged(list);
  }

  resourceUpdated(uri: string): void {
    this.legacy
      .resourceUpdated(uri)
      .catch((error) => this.services.logger.error('Telling of a change failed', { error: String(error) }));
    this.modern.resourceUpdated(uri);
  }

  /** The agreement with a legacy client, if one has come. */
  get agreed(): Features | undefined {
    return this.legacy.agreement;
  }

  /** No more will come: questions to the client are given up, subscriptions end with their results, work goes on. */
  endInput(): void {
    this.peer.rejectPending(new Error('The client has closed its side'));
    this.modern.close();
  }

  /**
   * Lets work under way finish until `drain` resolves, then ends it unanswered, and closes the session. What was answered has
   * been handed to the sink when this resolves.
   */
  async close(drain: Promise<unknown>): Promise<void> {
    this.endInput();
    this.unsubscribe?.();
    this.unsubscribe = () => undefined;
    await this.legacy.close(async () => {
      await Promise.race([this.peer.whenIdle(), drain]);
      this.peer.cancelAll(new Error('The server is stopping'));
    });
  }

  /** Hears of changes: only once a client is there that may want to be told of them. */
  private listen(): void {
    this.unsubscribe ??= onSurfaceChange(this.services.application.events, this);
  }
}
