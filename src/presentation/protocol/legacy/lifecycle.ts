import type { Negotiated } from '../../../domain/session/session.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { declareCapabilities } from '../capabilities.ts';
import { optionalObject, requireObject, requireString } from '../params.ts';
import { type Features, negotiateLegacy } from '../revisions.ts';
import type { Services } from '../services.ts';
import { encodeServer } from '../wire/encode-server.ts';
import type { LegacyMethod } from './call.ts';

/** Decodes the parameters of `initialize`, with the revision agreed on. @throws RpcError -32602 */
export function decodeInitialize(params: JsonObject | undefined): {
  negotiated: Negotiated;
  features: Features;
} {
  const features = negotiateLegacy(requireString(params, 'protocolVersion'));
  const capabilities = optionalObject(params, 'capabilities');
  const info = requireObject(params, 'clientInfo');
  const client = { name: requireString(info, 'name'), version: requireString(info, 'version') };
  return { negotiated: { protocolVersion: features.version, client, capabilities }, features };
}

export function encodeInitialize({ application, server }: Services, features: Features): JsonObject {
  return {
    protocolVersion: features.version,
    capabilities: declareCapabilities(application, features),
    serverInfo: encodeServer(server, features),
    instructions: server.instructions,
  };
}

export const ping: LegacyMethod = { run: () => ({}) };

/** Answers first and ends the session afterwards: on stdio that is the end of the process. */
export const shutdown: LegacyMethod = {
  run({ exchange, services }) {
    exchange.protect();
    exchange.onceAnswered(services.onShutdown);
    return {};
  },
};
