import type { EffectiveSetting } from '../../../application/ports/configuration-source.ts';
import { MASK, type Redactor } from '../../../domain/policy/redact.ts';
import { isJsonObject } from '../../../domain/shared/json.ts';
import type { Configuration } from '../schema/configuration-schema.ts';
import { allSettings } from '../schema/settings.ts';
import type { SourcePlace } from '../sources/given-setting.ts';
import type { GivenSettings } from '../sources/merge-layers.ts';

type Value = EffectiveSetting['value'];

/** Every setting with its value and its origin, as they may be shown. */
export function describeSettings(
  configuration: Configuration,
  effective: GivenSettings,
  redactor: Redactor,
): readonly EffectiveSetting[] {
  return allSettings().flatMap(({ key, path, secret, ofOneSignal }) => {
    if (ofOneSignal && !effective.has(key)) return [];
    const value = valueAt(configuration, path);
    return [
      {
        key,
        value: secret && value !== undefined ? MASK : redact(value, redactor.text),
        origin: originOf(effective.get(key)?.place),
      },
    ];
  });
}

/** Notices of the values in force: that they mean something else. */
export function settingNotices(effective: GivenSettings): readonly string[] {
  return [...effective.values()].flatMap(({ setting, value, place }) => {
    const notice = setting.notice?.(value);
    return notice === undefined ? [] : [`Setting "${setting.key}" (${place.where}) ${notice}`];
  });
}

function valueAt(configuration: Configuration, path: readonly string[]): Value {
  let value: unknown = configuration;
  for (const name of path) value = (value as Readonly<Record<string, unknown>>)[name];
  if (!isJsonObject(value)) return value as Value;
  return Object.entries(value).map(([name, text]) => `${name}=${text}`);
}

function redact(value: Value, textOf: (text: string) => string): Value {
  if (typeof value === 'string') return textOf(value);
  return typeof value === 'object' ? value.map(textOf) : value;
}

function originOf(place: SourcePlace | undefined): string {
  if (place === undefined) return 'default';
  return place.file === undefined ? place.where : `${place.file}:${place.line}`;
}
