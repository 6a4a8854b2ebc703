import { localUser } from '../../../../../src/application/request-context.ts';
import type { LogLevel } from '../../../../../src/domain/session/log-level.ts';
import type { SessionSnapshot } from '../../../../../src/domain/session/session.ts';
import type { SessionId } from '../../../../../src/domain/session/session-events.ts';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { Exchange } from '../../../../../src/presentation/jsonrpc/exchange.ts';
import { createClient } from '../../../../../src/presentation/protocol/client.ts';
import { LegacyContext } from '../../../../../src/presentation/protocol/legacy/context.ts';
import { featuresOf, type Version } from '../features.ts';

interface Asked {
  readonly method: string;
  readonly params: JsonObject;
  answer(result: unknown): void;
  fail(error: unknown): void;
}

const session = { logLevel: 'info' } as SessionSnapshot;

/** A context, what it told and what it asked. */
export function openContext({
  version = '2025-11-25',
  capabilities = { elicitation: {}, roots: {} },
  meta = {},
  logLevel = 'info',
}: {
  readonly version?: Version;
  readonly capabilities?: JsonObject;
  readonly meta?: JsonObject;
  readonly logLevel?: LogLevel;
} = {}) {
  const told: unknown[][] = [];
  const asked: Asked[] = [];
  const exchange = new Exchange(1, false, {
    notify: (...notification) => told.push(notification),
    ask: (method, params) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      asked.push({ method, params, answer: resolve, fail: reject });
      return promise;
    },
  });
  const features = featuresOf(version);
  const client = createClient({ name: 'Ada', version: '1.0' }, capabilities, features);
  const own = { session: { ...session, logLevel } };
  const sessionId = 's-1' as SessionId;
  const caller = { principal: localUser, client, scope: 's-1', sessionId, features };
  return { context: new LegacyContext(caller, exchange, meta, own), exchange, own, told, asked };
}
