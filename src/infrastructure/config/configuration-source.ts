import type { ConfigurationSource } from '../../application/ports/configuration-source.ts';
import { createRedactor } from '../../domain/policy/redact.ts';
import type { ConfigurationHost } from './configuration-host.ts';

/** The command line's view of `loadConfiguration`, loaded when it is used: all that can be shown, and no secret. */
export function createConfigurationSource(host: ConfigurationHost): ConfigurationSource {
  return {
    load: async (request) => {
      const { loadConfiguration } = await import('./load-configuration.ts');
      const { file, settings, notices, problems } = await loadConfiguration(request, host);
      return {
        ...(file !== undefined && { file: createRedactor().text(file) }),
        settings: settings(),
        notices,
        problems,
      };
    },
    schema: async () => (await import('./documents/configuration-json-schema.ts')).configurationJsonSchema(),
    initialize: async (request) =>
      (await import('./documents/write-initial-file.ts')).writeInitialFile(request, host),
  };
}
