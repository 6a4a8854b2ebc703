import type { ConfigurationRequest } from '../../application/ports/configuration-source.ts';
import type { ConfigurationHost } from './configuration-host.ts';
import { defaultConfiguration } from './default-configuration.ts';
import type { Configuration } from './schema/configuration-schema.ts';
import { findFile } from './sources/configuration-paths.ts';
import { emptyGuardVariables, ourVariables } from './sources/our-variables.ts';

export interface Defaults {
  readonly configuration: Configuration;
  readonly secrets: readonly string[];
}

/**
 * The variable that most clients' entries set, and the only one: it needs no checking that the loading of what checks would be worth.
 */
const KEY_VARIABLE = 'ANTHROPIC_API_KEY';

/** A plain key. What has other characters may be a placeholder that nothing has replaced, and is checked. */
const KEY = /^[\w+/=-]+$/;

/** The defaults, as most servers start, with a key or without; undefined where more was given, for `loadConfiguration` to read. */
export function loadDefaults(
  { file: named, flags = [] }: ConfigurationRequest,
  host: ConfigurationHost,
): Defaults | undefined {
  if (named !== undefined || flags.length > 0) return undefined;
  const variables = ourVariables(host);
  const key = variables.get(KEY_VARIABLE);
  if (variables.size > (key === undefined ? 0 : 1) || (key !== undefined && !KEY.test(key))) return undefined;
  if (emptyGuardVariables(host).length > 0) return undefined;
  const { file, notices } = findFile(host, named);
  if (file !== undefined || notices.length > 0) return undefined;
  const configuration = defaultConfiguration();
  if (key === undefined) return { configuration, secrets: [] };
  return {
    configuration: { ...configuration, claude: { ...configuration.claude, api_key: key } },
    secrets: [key],
  };
}
