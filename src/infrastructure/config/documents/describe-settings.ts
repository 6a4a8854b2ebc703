import type { EffectiveSetting } from '../../../application/ports/configuration-source.ts';
import { MASK, type Redactor } from '../../../domain/policy/redact.ts';
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
  return allSettings().map(({ key, path, secret }) => {
    const value = valueAt(configuration, path);
    return {
      key,
      value: secret && value !== undefined ? MASK : redact(redactor, value),
      origin: originOf(effective.get(key)?.place),
    };
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
  return value as Value;
}

function redact(redactor: Redactor, value: Value): Value {
  if (typeof value === 'string') return redactor.text(value);
  return typeof value === 'object' ? value.map(redactor.text) : value;
}

function originOf(place: SourcePlace | undefined): string {
  if (place === undefined) return 'default';
  return place.file === undefined ? place.where : `${place.file}:${place.line}`;
}
