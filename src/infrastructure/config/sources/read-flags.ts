import type { SettingFlag } from '../../../application/ports/configuration-source.ts';
import { findSetting } from '../schema/settings.ts';
import { decodeSetting } from './decode-setting.ts';
import type { GivenSetting, Layer } from './given-setting.ts';

/** The layer of the command line. Of a flag that is given twice, the last holds, as everywhere; a list adds to what is configured. */
export function readFlags(flags: readonly SettingFlag[]): Layer {
  const given = new Map<string, GivenSetting>();
  for (const { flag, key, value } of flags) {
    const setting = findSetting(key);
    if (setting === undefined) throw new TypeError(`Flag "${flag}" sets "${key}", which is no setting`);
    const place = { where: flag };
    given.set(
      key,
      typeof value === 'string'
        ? { setting, value: decodeSetting(setting, value), place }
        : { setting, value, place, adds: true },
    );
  }
  return { given, notices: [], problems: [] };
}
