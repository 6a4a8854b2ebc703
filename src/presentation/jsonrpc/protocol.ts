import type { Eventual } from '../../application/eventual.ts';
import type { Exchange } from './exchange.ts';
import type { Message, Notification, Request } from './message.ts';

/** What the engine asks of the layer that knows the methods. */
export interface Protocol {
  /** Answers a request. */
  handle(request: Request, exchange: Exchange): Eventual<unknown>;
  /** What `handle` failed with as the other side reads it: an RpcError, or the failure itself if it has no name. */
  explain(error: unknown, request: Request): unknown;
  /** Takes a notification; must not throw. */
  notice(notification: Notification): void;
  /** Whether these messages may come in one array. */
  acceptsBatch(members: readonly Message[]): boolean;
}
