import type { ConfigurationHost } from '../configuration-host.ts';
import { readAllowedProgram } from '../schema/values/allowed-program.ts';
import type { GivenSetting } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';

type Look = Pick<ConfigurationHost, 'exists' | 'isDirectory'>;

/** Warnings about settings that may not work, or not as they were meant; a sentence each. */
export function doubtfulSettings(effective: GivenSettings, host: Look): readonly string[] {
  return [
    ...doubts(effective.get('security.allowed_directories'), (path) => doubtOfDirectory(path, host)),
    ...doubts(effective.get('security.commands.allowlist'), (entry) => doubtOfProgram(entry, host)),
    ...unusedAllowlist(effective),
  ];
}

/** A doubtful entry of a list, and what is wrong with it. */
type Doubt = readonly [subject: string, fault: string];

function doubts(
  given: GivenSetting | undefined,
  doubtOf: (entry: string) => Doubt | undefined,
): readonly string[] {
  if (given === undefined || !Array.isArray(given.value)) return [];
  const entries: string[] = given.value.filter((entry) => typeof entry === 'string');
  return entries
    .map(doubtOf)
    .filter((doubt) => doubt !== undefined)
    .map(([subject, fault]) => `${subject} (${given.setting.key}, ${given.place.where}) ${fault}`);
}

function doubtOfDirectory(path: string, { exists, isDirectory }: Look): Doubt | undefined {
  if (path === '' || isDirectory(path)) return undefined;
  return [`Directory "${path}"`, exists(path) ? 'is not a directory' : 'is not there'];
}

function doubtOfProgram(entry: string, { exists }: Look): Doubt | undefined {
  const { path } = readAllowedProgram(entry);
  return path === '' || exists(path) ? undefined : [`Program "${path}"`, 'is not there'];
}

function unusedAllowlist(effective: GivenSettings): readonly string[] {
  const list = effective.get('security.commands.allowlist');
  const policy = effective.get('security.commands.policy');
  if (list === undefined || policy === undefined || policy.value === 'allowlist') return [];
  return [
    `Setting "security.commands.allowlist" (${list.place.where}) has no effect, since security.commands.policy is "${policy.value}"`,
  ];
}
