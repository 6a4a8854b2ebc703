import { fileOfSecret, findSetting, type Setting, secretInFile } from '../schema/settings.ts';
import type { GivenSetting, Layer } from './given-setting.ts';

export type GivenSettings = ReadonlyMap<string, GivenSetting>;

/** For each setting the value of the first layer that gives one; settings that nobody gives have their defaults. */
export function mergeLayers(layers: readonly Pick<Layer, 'given'>[]): GivenSettings {
  const effective = new Map<string, GivenSetting>();
  for (const { given } of layers) {
    if (given.size === 0) continue;
    const decided = new Set(effective.keys());
    for (const [key, setting] of given) {
      const higher = effective.get(key);
      if (higher?.adds) effective.set(key, addTo(higher, setting));
      else if (!decided.has(key) && !decided.has(rivalOf(setting.setting)?.key ?? ''))
        effective.set(key, setting);
    }
    applyDebug(effective, decided);
  }
  return effective;
}

/** A secret and the file that holds it are two ways to give one setting: the higher layer's way holds. */
function rivalOf(setting: Setting): Setting | undefined {
  return fileOfSecret(setting) ?? secretInFile(setting);
}

/** Both lists; whatever isn't one stops the start, so that it doesn't matter what becomes of it. */
function addTo(higher: GivenSetting, lower: GivenSetting): GivenSetting {
  if (!Array.isArray(higher.value) || !Array.isArray(lower.value)) return higher;
  return {
    setting: higher.setting,
    value: [...higher.value, ...lower.value],
    place: { where: `${higher.place.where}, ${lower.place.where}` },
    ...(lower.adds && { adds: true }),
  };
}

/** `server.debug` stands for `logging.level: debug`, unless a higher layer has named a level. */
function applyDebug(effective: Map<string, GivenSetting>, decided: ReadonlySet<string>): void {
  const debug = effective.get('server.debug');
  const level = findSetting('logging.level');
  if (debug?.value !== true || decided.has('logging.level') || !level) return;
  effective.set(level.key, { setting: level, value: 'debug', place: debug.place });
}
