import type { ConfigurationHost } from '../configuration-host.ts';
import { secretInFile } from '../schema/settings.ts';
import { pathsOf } from '../sources/configuration-paths.ts';
import type { GivenSetting, Layer } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';

/** Warnings about the files that settings name, and about the one that has the settings; a sentence each. */
export function doubtfulFiles(
  effective: GivenSettings,
  file: Layer['given'],
  host: ConfigurationHost,
): readonly string[] {
  const named = [...effective.values()].filter(
    ({ setting }) => secretInFile(setting) !== undefined || setting.key === 'security.api_keys_file',
  );
  return [
    ...named.flatMap((given) => readableByOthers(given.value, `(${placeOf(given)})`, host)),
    ...secretInConfiguration(file, host),
    ...unwritableLog(effective.get('logging.output'), host),
  ];
}

/** Told once for the file, be there more than one. */
function secretInConfiguration(given: Layer['given'], host: ConfigurationHost): readonly string[] {
  const secret = [...given.values()].find(({ setting }) => setting.secret);
  if (secret === undefined) return [];
  return readableByOthers(secret.place.file, `holds ${secret.setting.key} and`, host);
}

/** Permission bits of group and others: to read, and to write, which is no better. */
const OPEN = 0o066;

function readableByOthers(path: unknown, what: string, { look }: ConfigurationHost): readonly string[] {
  const found = typeof path === 'string' ? look(path) : undefined;
  if (found?.kind !== 'file' || found.mode === undefined || (found.mode & OPEN) === 0) return [];
  return [
    `File "${path}" ${what} is open to other users of this machine. If it is a file for this alone: chmod 600 "${path}"`,
  ];
}

function unwritableLog(given: GivenSetting | undefined, host: ConfigurationHost): readonly string[] {
  if (given === undefined || typeof given.value !== 'string') return [];
  if (given.setting.words?.includes(given.value)) return [];
  const fault = faultOfLog(given.value, host);
  if (fault === undefined) return [];
  return [
    `Log file "${given.value}" (${placeOf(given)}) can't be written: ${fault}; log lines go to stderr until you give another`,
  ];
}

/** The reason why no file can be written there, folders that are missing made. */
function faultOfLog(path: string, host: ConfigurationHost): string | undefined {
  const kind = host.look(path)?.kind;
  if (kind === 'directory') return 'it is a directory';
  if (kind === 'other') return 'it is no regular file';
  if (kind === 'file') return host.isWritable(path) ? undefined : 'this user may not write it';
  const { dirname } = pathsOf(host);
  let folder = dirname(path);
  while (host.look(folder) === undefined && dirname(folder) !== folder) folder = dirname(folder);
  if (host.look(folder)?.kind !== 'directory') return `"${folder}" is no directory`;
  return host.isWritable(folder) ? undefined : `this user may make nothing in "${folder}"`;
}

const placeOf = ({ setting, place }: GivenSetting) => `${setting.key}, ${place.where}`;
