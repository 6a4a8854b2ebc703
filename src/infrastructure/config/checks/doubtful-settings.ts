import type { ConfigurationHost } from '../configuration-host.ts';
import { readAllowedProgram } from '../schema/values/allowed-program.ts';
import type { GivenSetting } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';

type Exists = Pick<ConfigurationHost, 'exists'>;

/** What is given and may not work, or not as it was meant; a sentence each. */
export function doubtfulSettings(effective: GivenSettings, host: Exists): readonly string[] {
  return [
    ...missing('Directory', effective.get('security.allowed_directories'), (path) => path, host),
    ...missing(
      'Program',
      effective.get('security.commands.allowlist'),
      (entry) => readAllowedProgram(entry).path,
      host,
    ),
    ...unusedAllowlist(effective),
  ];
}

function missing(
  what: string,
  given: GivenSetting | undefined,
  pathOf: (entry: string) => string,
  { exists }: Exists,
): readonly string[] {
  if (given === undefined || !Array.isArray(given.value)) return [];
  const paths: string[] = given.value.filter((entry) => typeof entry === 'string').map(pathOf);
  return paths
    .filter((path) => path !== '' && !exists(path))
    .map((path) => `${what} "${path}" (${given.setting.key}, ${given.place.where}) is not there`);
}

function unusedAllowlist(effective: GivenSettings): readonly string[] {
  const list = effective.get('security.commands.allowlist');
  const policy = effective.get('security.commands.policy');
  if (list === undefined || policy === undefined || policy.value === 'allowlist') return [];
  return [
    `Setting "security.commands.allowlist" (${list.place.where}) has no effect, since security.commands.policy is "${policy.value}"`,
  ];
}
