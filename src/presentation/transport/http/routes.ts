import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Principal } from '../../../application/request-context.ts';
import type { HttpExchange } from './http-exchange.ts';

/** Serves the requests of one path. */
export interface Endpoint {
  /** Takes one request and sees to it that it is answered. */
  handle(exchange: HttpExchange): Promise<void>;
  /** True where everybody may use it, by whatever name they reach it: for probes. */
  readonly isProbe?: boolean;
  /** True where it needs no credentials: it tells how to authenticate. */
  readonly isAnonymous?: boolean;
}

/** Serves a path that is no HTTP from there on. */
export interface UpgradeEndpoint {
  /** Makes room for one more client. @returns whether there is any */
  makeRoomFor(principal: Principal): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, principal: Principal): void;
}

export interface Routes {
  /** By path. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly upgrades: ReadonlyMap<string, UpgradeEndpoint>;
}
