import type { ConfigurationRequest } from '../../application/ports/configuration-source.ts';
import type { KeyRing } from '../../application/ports/key-store.ts';
import { DomainError } from '../../domain/shared/domain-error.ts';
import { FileKeyRing } from '../../infrastructure/auth/file-key-ring.ts';
import type { ConfigurationHost } from '../../infrastructure/config/configuration-host.ts';
import { loadConfiguration } from '../../infrastructure/config/load-configuration.ts';
import type { Unprepared } from '../../presentation/cli/services.ts';

/** The API keys in the file that the configuration names. @throws DomainError `keys.no-file` */
export async function openKeyRing(
  request: ConfigurationRequest,
  host: ConfigurationHost,
): Promise<KeyRing | Unprepared> {
  const { configuration, notices, problems, isMistyped } = await loadConfiguration(request, host);
  if (configuration === undefined) return { notices, problems, isMistyped };
  const { api_keys_file } = configuration.security;
  if (api_keys_file === undefined) throw noFile();
  return new FileKeyRing(api_keys_file);
}

function noFile(): DomainError {
  return new DomainError(
    'keys.no-file',
    'invalid',
    'Expected security.api_keys_file to name the file of the API keys: set it in the configuration, or by ' +
      'TELEMETRYFLOW_MCP_SECURITY_API_KEYS_FILE, such as "~/.config/tfo-mcp/keys.json"',
  );
}
