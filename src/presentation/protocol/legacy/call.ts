import type { Eventual } from '../../../application/eventual.ts';
import type { SessionSnapshot } from '../../../domain/session/session.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { Offer } from '../capabilities.ts';
import type { Features } from '../revisions.ts';
import type { Services } from '../services.ts';
import type { LegacyContext } from './context.ts';

/** One request within a session. */
export interface LegacyCall {
  readonly params: JsonObject | undefined;
  readonly exchange: Exchange;
  readonly services: Services;
  readonly features: Features;
  readonly session: SessionSnapshot;
  readonly context: LegacyContext;
  /** Keeps what a command made of the session. */
  remember(session: SessionSnapshot): void;
}

export interface LegacyMethod {
  /** The part of the surface without which the method doesn't exist. */
  readonly needs?: Offer;
  run(call: LegacyCall): Eventual<JsonObject>;
}
