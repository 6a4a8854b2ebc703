import type { GivenSetting, Layer } from './given-setting.ts';
import { findSetting, secretSettings } from './settings.ts';

export type GivenSettings = ReadonlyMap<string, GivenSetting>;

/** A secret and the file that holds it are two ways to give one setting: the higher layer's way holds. */
const RIVALS: ReadonlyMap<string, string> = new Map(
  secretSettings.flatMap(({ secret, file }) => [
    [secret.key, file.key],
    [file.key, secret.key],
  ]),
);

/** For each setting the value of the first layer that gives one; settings that nobody gives have their defaults. */
export function mergeLayers(layers: readonly Pick<Layer, 'given'>[]): GivenSettings {
  const effective = new Map<string, GivenSetting>();
  for (const { given } of layers) {
    const decided = new Set(effective.keys());
    for (const [key, setting] of given) {
      if (!decided.has(key) && !decided.has(RIVALS.get(key) ?? '')) effective.set(key, setting);
    }
    applyDebug(effective, decided);
  }
  return effective;
}

/** `server.debug` stands for `logging.level: debug`, unless a higher layer has named a level. */
function applyDebug(effective: Map<string, GivenSetting>, decided: ReadonlySet<string>): void {
  const debug = effective.get('server.debug');
  const level = findSetting('logging.level');
  if (debug?.value !== true || decided.has('logging.level') || !level) return;
  effective.set(level.key, { setting: level, value: 'debug', place: debug.place });
}
