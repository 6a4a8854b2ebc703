import * as v from 'valibot';
import { createApplication } from '../src/application/application.ts';
import { conversationSettings } from '../src/composition/conversation-settings.ts';
import { Lifetimes } from '../src/composition/lifetimes.ts';
import { openAdapters } from '../src/composition/open-adapters.ts';
import { ProcessVitals } from '../src/composition/process-vitals.ts';
import { serverIdentity } from '../src/composition/server-identity.ts';
import { openSurface, toolLimits } from '../src/composition/surface.ts';
import { processHost } from '../src/infrastructure/config/process-host.ts';
import { configurationSchema } from '../src/infrastructure/config/schema/configuration-schema.ts';

const silent = () => undefined;
const logger = { enabled: () => false, error: silent, warn: silent, info: silent, debug: silent };

/** The surface that the product offers by default, with the limits of its tools. @param changes of the configuration, by section */
export async function defaultSurface(changes: object = {}) {
  const server = serverIdentity('any');
  const configuration = v.parse(configurationSchema, changes);
  const host = processHost();
  const lifetimes = new Lifetimes(logger);
  const adapters = await openAdapters(configuration, { host, logger, lifetimes });
  const { clock } = adapters;
  const application = createApplication(adapters, {
    toolTimeout: 30,
    conversation: conversationSettings(configuration),
  });
  const loaded = { configuration, secrets: [], settings: () => [] };
  const vitals = new ProcessVitals(server.version, lifetimes);
  const context = { application, clock, server, vitals, logger, lifetimes };
  const { surface } = await openSurface(loaded, host, context);
  return { ...surface, limits: toolLimits(configuration) };
}
