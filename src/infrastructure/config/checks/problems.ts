import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { MASK } from '../../../domain/policy/redact.ts';
import { looksSecret } from '../../../domain/policy/redact-urls.ts';
import { nearestName, suggest } from '../../../domain/shared/nearest-name.ts';
import type { Setting } from '../schema/settings.ts';
import type { GivenSetting, SourcePlace } from '../sources/given-setting.ts';
import { describeAddress, resemblesAddress } from './describe-address.ts';

const LONGEST_SHOWN = 60;

/** Entries of one list that are told. */
const MOST_ENTRIES = 20;

/** A problem at a place; the suggestion, if any, ends the message. */
export function problemAt(
  place: SourcePlace,
  { message, key, suggestion }: Omit<ConfigurationProblem, keyof SourcePlace>,
): ConfigurationProblem {
  return {
    ...place,
    ...(key !== undefined && { key }),
    message: suggestion === undefined ? message : message + suggest(suggestion),
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** A value that its setting can't have. */
export function unexpectedValue(
  { setting, value, place }: GivenSetting,
  expected: string,
): ConfigurationProblem {
  const came = setting.secret ? MASK : describeValue(value, setting);
  return refusal(setting, place, `Expected ${setting.key} to be ${expected}, got ${came}`, value);
}

/** Each entry that the list of a setting can't have, with what is expected of it. */
export function unexpectedEntries(
  { setting, value, place, entryPlaces }: GivenSetting,
  expected: ReadonlyMap<number, string>,
): readonly ConfigurationProblem[] {
  const list = Array.isArray(value) ? value : [];
  return [...expected].slice(0, MOST_ENTRIES).map(([index, what]) => {
    const entry: unknown = list[index];
    const message = `Expected ${setting.key} to be ${what}, got ${describeValue(entry, setting)} in it`;
    return refusal(setting, entryPlaces?.[index] ?? place, message, entry);
  });
}

function refusal(
  setting: Setting,
  place: SourcePlace,
  message: string,
  value: unknown,
): ConfigurationProblem {
  const suggestion = suggestName(setting, value);
  return problemAt(place, {
    key: setting.key,
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
}

/** The name that was meant by the value, or by the first of its parts that is none. */
function suggestName({ choices, words = [], entries = [] }: Setting, value: unknown): string | undefined {
  const known = [...choices, ...words, ...entries];
  const given = Array.isArray(value) ? value : [value];
  const parts = given.flatMap((one) => (typeof one === 'string' ? one.split(',') : []));
  const unknown = parts.find((part) => !known.includes(part.trim()));
  return unknown === undefined ? undefined : nearestName(unknown.trim(), known);
}

/**
 * The given value, short enough for a sentence. Nothing is cut: the redactor wouldn't know the start of a secret; and what has the
 * looks of one isn't shown at all, for a key may have got where something else belongs. Of an address, scheme and host are shown.
 */
export function describeValue(value: unknown, { holdsAddress }: Partial<Setting> = {}): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && !Array.isArray(value)) return value === null ? 'nothing' : 'a mapping';
  const shown = JSON.stringify(value);
  const parts = Array.isArray(value) ? value : [value];
  const texts = parts.filter((part) => typeof part === 'string').map((part) => part.trim());
  if (shown.length <= LONGEST_SHOWN && !texts.some(looksSecret)) {
    if (!texts.some((part) => part !== '' && (holdsAddress || resemblesAddress(part)))) return shown;
    if (typeof value === 'string') return describeAddress(value.trim());
  }
  return Array.isArray(value) ? `a list of ${value.length}` : `a text of ${String(value).length} characters`;
}

/** The key of a name that no setting has; that of its section where the name may hold a secret. */
export function shownKey(section: string | undefined, name: string): string | undefined {
  if (resemblesAddress(name) || looksSecret(name)) return section;
  return section === undefined ? name : `${section}.${name}`;
}
