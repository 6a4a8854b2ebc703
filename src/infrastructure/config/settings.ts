import type * as v from 'valibot';
import { configurationSchema } from './schema.ts';
import { factsOf, type SettingFacts } from './setting-facts.ts';

/** One row of the schema, as the readers of flags, variables and files need it. */
export interface Setting extends SettingFacts {
  /** `section.name`. */
  readonly key: string;
  readonly section: string;
  readonly name: string;
  readonly schema: v.GenericSchema;
  readonly defaultValue: unknown;
  /** Its variables, the setting's own name first: where several are set, the first holds. */
  readonly variables: readonly [string, ...string[]];
  /** The values it can have, if they are few. */
  readonly choices: readonly string[];
}

export const VARIABLE_PREFIX = 'TELEMETRYFLOW_MCP_';

/** Every setting, in the order of the schema, which is that of the reference. */
export const settings: readonly Setting[] = Object.entries(configurationSchema.entries).flatMap(
  ([section, { wrapped }]) =>
    Object.entries(wrapped.entries).map(([name, row]) => readRow(section, name, row)),
);

const settingsByKey: ReadonlyMap<string, Setting> = new Map(
  settings.map((setting) => [setting.key, setting]),
);

export function findSetting(key: string): Setting | undefined {
  return settingsByKey.get(key);
}

/** The secrets, each with the setting that holds the path of a file with it. */
export const secretSettings: readonly { readonly secret: Setting; readonly file: Setting }[] =
  settings.flatMap((secret) => {
    const file = secret.secret && findSetting(`${secret.key}_file`);
    return file ? [{ secret, file }] : [];
  });

type Row = v.OptionalSchema<v.GenericSchema, unknown>;

function readRow(section: string, name: string, row: Row): Setting {
  const facts = factsOf(row.wrapped);
  return {
    ...facts,
    key: `${section}.${name}`,
    section,
    name,
    schema: row.wrapped,
    defaultValue: row.default,
    variables: [`${VARIABLE_PREFIX}${section}_${name}`.toUpperCase(), ...(facts.aliases ?? [])],
    choices: choicesOf(row.wrapped),
  };
}

function choicesOf(schema: v.GenericSchema & { readonly options?: unknown }): readonly string[] {
  return schema.type === 'picklist' ? (schema.options as readonly string[]) : [];
}
