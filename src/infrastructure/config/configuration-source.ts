import type { ConfigurationSource } from '../../application/ports/configuration-source.ts';
import { createRedactor, MASK } from '../../domain/policy/redact.ts';
import { redactFragments } from '../../domain/policy/redact-urls.ts';
import type { ConfigurationHost } from './configuration-host.ts';

/** The command line's view of `loadConfiguration`, loaded when it is used: all that can be shown, and no secret. */
export function createConfigurationSource(host: ConfigurationHost): ConfigurationSource {
  return {
    load: async (request) => {
      const { loadConfiguration } = await import('./load-configuration.ts');
      const { file, settings, notices, problems, isMistyped } = await loadConfiguration(request, host);
      return {
        ...(file !== undefined && { file: redactFragments(createRedactor().text(file), MASK) }),
        settings: settings(),
        notices,
        problems,
        isMistyped,
      };
    },
    schema: async () => (await import('./documents/configuration-json-schema.ts')).configurationJsonSchema(),
    initialize: async (request) =>
      (await import('./documents/write-initial-file.ts')).writeInitialFile(request, host),
  };
}
