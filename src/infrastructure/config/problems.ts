import type { ConfigurationProblem } from '../../application/ports/configuration-source.ts';
import { MASK } from '../../domain/policy/redact.ts';
import { nearestName } from '../../domain/shared/nearest-name.ts';
import type { GivenSetting, Place } from './given-setting.ts';

const LONGEST_SHOWN = 60;

/** A problem at a place; the suggestion, if any, ends the message. */
export function problemAt(
  place: Place,
  { message, key, suggestion }: Omit<ConfigurationProblem, keyof Place>,
): ConfigurationProblem {
  return {
    ...place,
    ...(key !== undefined && { key }),
    message: suggestion === undefined ? message : `${message}; did you mean ${JSON.stringify(suggestion)}?`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** A value that its setting can't have. */
export function unexpectedValue(
  { setting, value, place }: GivenSetting,
  expected: string,
): ConfigurationProblem {
  const came = setting.secret ? MASK : describeValue(value);
  const suggestion =
    typeof value === 'string'
      ? nearestName(value, [...setting.choices, ...(setting.words ?? [])])
      : undefined;
  return problemAt(place, {
    key: setting.key,
    message: `Expected ${setting.key} to be ${expected}, got ${came}`,
    ...(suggestion !== undefined && { suggestion }),
  });
}

/** What came, short enough for a sentence. Nothing is cut: the redactor wouldn't know the start of a secret. */
export function describeValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && !Array.isArray(value)) return value === null ? 'nothing' : 'a mapping';
  const shown = JSON.stringify(value);
  if (shown.length <= LONGEST_SHOWN) return shown;
  return Array.isArray(value) ? `a list of ${value.length}` : `a text of ${String(value).length} characters`;
}
