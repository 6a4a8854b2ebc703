import { declareCapabilities } from '../capabilities.ts';
import { supportedVersions } from '../revisions.ts';
import type { ModernMethod } from './call.ts';
import { cacheable, LIST_TTL_MS } from './result.ts';

export const discover: ModernMethod = {
  run(call) {
    const { services, features } = call;
    return cacheable(call, LIST_TTL_MS, {
      supportedVersions,
      capabilities: declareCapabilities(services.application, features),
      instructions: services.server.instructions,
    });
  },
};
