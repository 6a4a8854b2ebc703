import type { StateSealer } from '../../../../../src/application/ports/state-sealer.ts';
import { localUser, type Principal } from '../../../../../src/application/request-context.ts';
import type { LogLevel } from '../../../../../src/domain/session/log-level.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { Exchange } from '../../../../../src/presentation/jsonrpc/exchange.ts';
import { createClient } from '../../../../../src/presentation/protocol/client.ts';
import type { ModernCall } from '../../../../../src/presentation/protocol/modern/call.ts';
import { Streams } from '../../../../../src/presentation/protocol/modern/streams.ts';
import type { Services } from '../../../../../src/presentation/protocol/services.ts';
import { fixtureIdentity } from '../../../../fixtures/fixture-identity.ts';
import { featuresOf } from '../features.ts';

export interface ModernCallOptions {
  readonly params?: JsonObject;
  readonly meta?: JsonObject;
  readonly capabilities?: JsonObject;
  readonly logLevel?: LogLevel;
  readonly principal?: Principal;
  readonly sealer?: StateSealer;
}

/** A sealer that hides nothing: what is sealed for what can be read in a test. */
function createOpenSealer(): StateSealer {
  const claimed = new Set<number>();
  let count = 0;
  return {
    seal: async (payload, associated) => JSON.stringify([payload, associated, count++]),
    open: async (sealed, associated) => {
      const [payload, sealedFor, serial] = JSON.parse(sealed);
      const claim = () => !claimed.has(serial) && claimed.add(serial) === claimed;
      return sealedFor === associated ? { payload, claim } : undefined;
    },
  };
}

export const openSealer = createOpenSealer();

/** One modern request, and what it told the client. */
export function modernCall({
  params = {},
  meta = {},
  capabilities = { elicitation: {}, roots: {}, sampling: {} },
  logLevel,
  principal = localUser,
  sealer = openSealer,
}: ModernCallOptions = {}) {
  const told: unknown[][] = [];
  const exchange = new Exchange(1, false, {
    notify: (...notification) => told.push(notification),
    ask: () => Promise.reject(new Error('Expected no request to a modern client')),
  });
  const features = featuresOf('2026-07-28');
  const client = { name: 'Ada', version: '1.0' };
  const call: ModernCall = {
    params,
    meta,
    envelope: { features, capabilities, client, logLevel },
    exchange,
    services: { server: fixtureIdentity, sealer: async () => sealer } as unknown as Services,
    features,
    caller: {
      principal,
      client: createClient(client, capabilities, features),
      scope: principal.id,
      features,
    },
    streams: new Streams(() => undefined),
    notify: (...notification) => told.push(notification),
  };
  return { call, exchange, told };
}
