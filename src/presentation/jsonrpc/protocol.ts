import type { Eventual } from '../../application/eventual.ts';
import type { Exchange } from './exchange.ts';
import type { Message, Notification, Request } from './message.ts';

/** The layer that knows the methods, as the engine uses it. */
export interface Protocol {
  /** Answers a request. */
  handle(request: Request, exchange: Exchange): Eventual<unknown>;
  /** Explains a failure of `handle` to the other side: an RpcError, or the failure itself if it has no name. */
  explain(error: unknown, request: Request): unknown;
  /** Takes a notification; must not throw. */
  notice(notification: Notification): void;
  /** True if these messages may come in one array. */
  acceptsBatch(members: readonly Message[]): boolean;
}
