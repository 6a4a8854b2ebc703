import type { Eventual } from '../../../application/eventual.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { Request } from '../../jsonrpc/message.ts';
import type { Peer } from '../../jsonrpc/peer.ts';
import { methodNotFound } from '../../jsonrpc/rpc-error.ts';
import { isOffered } from '../capabilities.ts';
import type { Envelope } from '../classify.ts';
import { createClient } from '../client.ts';
import { readMeta } from '../meta.ts';
import type { Services } from '../services.ts';
import { methods } from './methods.ts';
import { type List, Streams } from './streams.ts';

/** The stateless era: each request says who sends it and what it can do. Only open subscriptions outlive their request's arrival. */
export class ModernEra {
  private readonly services: Services;
  private readonly peer: Peer;
  private readonly streams: Streams;

  /** @param onSubscribed called for each subscription, before it is served */
  constructor(services: Services, peer: Peer, onSubscribed: () => void) {
    this.services = services;
    this.peer = peer;
    this.streams = new Streams(onSubscribed);
  }

  handle({ method, params }: Request, exchange: Exchange, envelope: Envelope): Eventual<JsonObject> {
    const { services, streams, peer } = this;
    const { features } = envelope;
    const meta = readMeta(params);
    const found = methods.get(method);
    if (!found || (found.needs && !isOffered(found.needs, services.application)))
      throw methodNotFound(method);
    const client = createClient(envelope.client, envelope.capabilities, features);
    const { principal, isStillAuthorized } = services;
    const caller = { principal, isStillAuthorized, client, scope: principal.id, features };
    const notify = (name: string, content: JsonObject) => peer.notify(name, content);
    return found.run({ params, meta, envelope, exchange, services, features, caller, streams, notify });
  }

  listChanged(list: List): void {
    this.streams.listChanged(list);
  }

  resourceUpdated(uri: string): void {
    this.streams.resourceUpdated(uri);
  }

  /** Ends the open subscriptions with their results. */
  close(): void {
    this.streams.endAll();
  }
}
