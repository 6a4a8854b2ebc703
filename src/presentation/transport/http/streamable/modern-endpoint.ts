import { countedName } from '../../../../application/request-context.ts';
import type { Request } from '../../../jsonrpc/message.ts';
import type { Envelope } from '../../../protocol/classify.ts';
import { tooManySubscriptions } from '../../../protocol/http/refusals.ts';
import type { ModernConnection } from '../../../protocol/modern/modern-connection.ts';
import type { ConnectModern } from '../../connect.ts';
import type { OpenConnections } from '../connections/open-connections.ts';
import { Shares } from '../connections/shares.ts';
import type { HttpExchange } from '../http-exchange.ts';
import type { KeepAlive } from '../sending/keep-alive.ts';
import { ModernReply } from './modern-reply.ts';

export interface ModernEndpointOptions {
  readonly connectModern: ConnectModern;
  readonly connections: OpenConnections;
  /** Subscriptions at once. */
  readonly maxSessions: number;
  readonly held: KeepAlive;
}

/** Streamable HTTP of 2026-07-28: each request is a connection of its own, since request ids are their clients'. */
export class ModernEndpoint {
  private readonly options: ModernEndpointOptions;
  /** Requests that stay open until somebody ends them. */
  private readonly subscriptions: Shares<ModernConnection>;

  constructor(options: ModernEndpointOptions) {
    this.options = options;
    this.subscriptions = new Shares({ most: options.maxSessions, idleSince: () => undefined });
  }

  /** Answers a request that was classified, with what it says of its client. */
  post(request: Request, envelope: Envelope, exchange: HttpExchange): void {
    const { connections, connectModern, held } = this.options;
    const isSubscription = request.method === 'subscriptions/listen';
    const owner = countedName(exchange.principal);
    const place = isSubscription ? this.subscriptions.placeFor(owner) : undefined;
    if (isSubscription && place === undefined) {
      exchange.refuse(tooManySubscriptions, request.id);
      return;
    }
    place?.displaced?.endSubscription();
    const reply = new ModernReply(exchange, held);
    const connection = connectModern(reply, exchange.principal, envelope);
    const opened = { connection };
    connections.add(opened);
    if (isSubscription) this.subscriptions.add(owner, connection);
    exchange.response.once('close', () => {
      connections.delete(opened);
      this.subscriptions.delete(connection);
      reply.release();
      connection.release();
      // 2026-07-28: that is how a client cancels.
      if (connection.peer.requestsInFlight > 0)
        connection.peer.cancelAll(new Error('The client closed the response'));
    });
    connection.peer.take(request, reply);
  }
}
