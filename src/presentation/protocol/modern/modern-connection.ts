import type { Eventual } from '../../../application/eventual.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { Request } from '../../jsonrpc/message.ts';
import { Peer } from '../../jsonrpc/peer.ts';
import type { Protocol } from '../../jsonrpc/protocol.ts';
import type { Envelope } from '../classify.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import type { Services } from '../services.ts';
import { onSurfaceChange } from '../surface-changes.ts';
import { instrumented } from '../with-metrics.ts';
import { toRpcError } from './errors.ts';
import { ModernEra } from './modern-era.ts';

/** The connection of one modern request that came in a POST of its own: what it says of its client has been read already. */
export class ModernConnection implements Protocol {
  readonly peer: Peer;
  private readonly era: ModernEra;
  private readonly envelope: Envelope;
  private readonly services: Services;
  private unsubscribe: (() => void) | undefined;

  constructor({ services, ...options }: ConnectionOptions, envelope: Envelope) {
    const { version } = envelope.features;
    const protocol = () => instrumented(this, services, () => version);
    this.peer = new Peer({ ...options, protocol });
    this.era = new ModernEra(services, this.peer, () => this.listen());
    this.envelope = envelope;
    this.services = services;
  }

  handle(request: Request, exchange: Exchange): Eventual<unknown> {
    return this.era.handle(request, exchange, this.envelope);
  }

  explain(error: unknown): unknown {
    return toRpcError(error);
  }

  notice(): void {
    // Nothing comes behind the request: its client cancels it by closing the response.
  }

  acceptsBatch(): boolean {
    return false;
  }

  /** Hears of changes no more: the request is answered, or its client gone. */
  release(): void {
    this.unsubscribe?.();
    this.unsubscribe = () => undefined;
  }

  /** Ends the subscription, if it is one, with its result. */
  endSubscription(): void {
    this.era.close();
  }

  /** Lets work under way finish until `drain` resolves, then ends it unanswered. */
  async close(drain: Promise<unknown>): Promise<void> {
    this.endSubscription();
    this.release();
    await Promise.race([this.peer.whenIdle(), drain]);
    this.peer.cancelAll(new Error('The server is stopping'));
  }

  private listen(): void {
    this.unsubscribe ??= onSurfaceChange(this.services.application.events, this.era);
  }
}
