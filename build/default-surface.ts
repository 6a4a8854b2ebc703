import * as v from 'valibot';
import { createApplication } from '../src/application/application.ts';
import { conversationAdapters, conversationSettings } from '../src/composition/conversation-adapters.ts';
import { ProcessVitals } from '../src/composition/process-vitals.ts';
import { serverIdentity } from '../src/composition/server-identity.ts';
import { openSurface, toolLimits } from '../src/composition/surface.ts';
import { processHost } from '../src/infrastructure/config/process-host.ts';
import { configurationSchema } from '../src/infrastructure/config/schema.ts';
import { UuidV7Generator } from '../src/infrastructure/identity/uuid-v7-generator.ts';
import { MemorySessionRepository } from '../src/infrastructure/persistence/memory/session-repository.ts';
import { SystemClock } from '../src/infrastructure/system/system-clock.ts';

const silent = () => undefined;
const logger = { enabled: () => false, error: silent, warn: silent, info: silent, debug: silent };

/** What the product offers by default, with the limits of its tools. @param changes of the configuration, by section */
export async function defaultSurface(changes: object = {}) {
  const clock = new SystemClock();
  const sessions = new MemorySessionRepository();
  const server = serverIdentity('any');
  const configuration = v.parse(configurationSchema, changes);
  const application = createApplication(
    { ...conversationAdapters(configuration), sessions, clock, ids: new UuidV7Generator(), logger },
    { toolTimeout: 30, conversation: conversationSettings(configuration) },
  );
  const loaded = { configuration, secrets: [], settings: () => [] };
  const vitals = new ProcessVitals(server.version);
  const surface = await openSurface(loaded, processHost(), { application, clock, server, vitals });
  return { ...surface, limits: toolLimits(configuration) };
}
