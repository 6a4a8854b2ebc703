import * as v from 'valibot';

/** The facts in a setting's row beside its type and its default. */
export interface SettingFacts {
  readonly description: string;
  readonly unit?: 'seconds' | 'milliseconds' | 'bytes';
  /** Variables of the older servers that mean the same; the setting's own name comes first. */
  readonly aliases?: readonly string[];
  /** It is another setting, for one signal of telemetry alone: told together with that one. */
  readonly ofOneSignal?: true;
  /** Never shown. A secret `x` has a sibling row `x_file`, whose variables are those of `x` with `_FILE`. */
  readonly secret?: true;
  /** One file or folder, or a list: `~` is expanded, and a relative one counts from the configuration file, else the working directory. */
  readonly holdsPaths?: true;
  /** A URL, an origin or a host: of one that is refused, only scheme and host are shown, since a user may have got into it. */
  readonly holdsAddress?: true;
  /** Values that stand for themselves where others are paths. */
  readonly words?: readonly string[];
  /** All that an entry of this list can be. */
  readonly entries?: readonly string[];
  /** A notice for whoever gives this value, as the end of a sentence: that it means something else. */
  readonly notice?: (value: unknown) => string | undefined;
}

/** Puts the facts into the row's schema; `factsOf` reads them there. */
export function about<TInput>(description: string, facts: Omit<SettingFacts, 'description'> = {}) {
  return v.metadata<TInput, { description: string; setting: SettingFacts }>({
    description,
    setting: { description, ...facts },
  });
}

export function factsOf(schema: v.GenericSchema): SettingFacts {
  return (v.getMetadata(schema) as { setting: SettingFacts }).setting;
}
