import type { Eventual } from '../../../application/eventual.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Exchange } from '../../jsonrpc/exchange.ts';
import type { Offer } from '../capabilities.ts';
import type { Envelope } from '../classify.ts';
import type { Caller } from '../era-context.ts';
import type { Features } from '../revisions.ts';
import type { Services } from '../services.ts';
import type { Streams } from './streams.ts';

/** One request, with everything that it brought along: nothing is known from requests before it. */
export interface ModernCall {
  readonly params: JsonObject | undefined;
  readonly meta: JsonObject;
  readonly envelope: Envelope;
  readonly exchange: Exchange;
  readonly services: Services;
  readonly features: Features;
  readonly caller: Caller;
  readonly streams: Streams;
  /** Sends a notification that belongs to no request. */
  notify(method: string, params: JsonObject): void;
}

export interface ModernMethod {
  /** The part of the surface without which the method doesn't exist. */
  readonly needs?: Offer;
  run(call: ModernCall): Eventual<JsonObject>;
}
