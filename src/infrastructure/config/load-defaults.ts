import type { ConfigurationRequest } from '../../application/ports/configuration-source.ts';
import type { ConfigurationHost } from './configuration-host.ts';
import { defaultConfiguration } from './default-configuration.ts';
import { findFile } from './find-file.ts';
import { ourVariables } from './our-variables.ts';
import type { Configuration } from './schema.ts';

/** Whether there is nothing to read: no flag, no variable, no file, and none to be mentioned. */
function isNothingGiven({ file: named, flags = [] }: ConfigurationRequest, host: ConfigurationHost): boolean {
  if (named !== undefined || flags.length > 0 || ourVariables(host).size > 0) return false;
  const { file, notices } = findFile(host, named);
  return file === undefined && notices.length === 0;
}

/** The defaults, as most servers start; undefined where something was given, for `loadConfiguration` to read. */
export function loadDefaults(
  request: ConfigurationRequest,
  host: ConfigurationHost,
): Configuration | undefined {
  return isNothingGiven(request, host) ? defaultConfiguration() : undefined;
}
