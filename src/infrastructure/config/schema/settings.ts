import type * as v from 'valibot';
import { VARIABLE_PREFIX } from '../sources/our-variables.ts';
import { configurationSchema } from './configuration-schema.ts';
import { factsOf, type SettingFacts } from './setting-facts.ts';

/** One row of the schema, as the readers of flags, variables and files need it. */
export interface Setting extends SettingFacts {
  /** `section.name`, or `section.section.name`. */
  readonly key: string;
  /** The key's parts. */
  readonly path: readonly string[];
  readonly schema: v.GenericSchema;
  readonly defaultValue: unknown;
  /** Its variables, the setting's own name first: where several are set, the first holds. */
  readonly variables: readonly [string, ...string[]];
  /** The values it can have, if they are few. */
  readonly choices: readonly string[];
}

interface Catalogue {
  readonly settings: readonly Setting[];
  readonly byKey: ReadonlyMap<string, Setting>;
  /** The keys of all sections, outer before inner. */
  readonly sections: ReadonlySet<string>;
}

let catalogue: Catalogue | undefined;

/** Every setting, in the order of the schema, which is that of the reference. */
export function allSettings(): readonly Setting[] {
  return readCatalogue().settings;
}

export function findSetting(key: string): Setting | undefined {
  return readCatalogue().byKey.get(key);
}

/** The keys of all sections: `security`, and `security.commands` after it. */
export function allSections(): ReadonlySet<string> {
  return readCatalogue().sections;
}

/** The setting that holds the path of a file with this secret. */
export function fileOfSecret({ key, secret }: Setting): Setting | undefined {
  return secret && findSetting(`${key}_file`);
}

/** The secret that is in the file whose path this setting holds. */
export function secretInFile({ key }: Setting): Setting | undefined {
  const secret = key.endsWith('_file') ? findSetting(key.slice(0, -'_file'.length)) : undefined;
  return secret?.secret && secret;
}

/** Made when it is first asked for: a start without file, flags and variables does without. */
function readCatalogue(): Catalogue {
  if (catalogue === undefined) {
    const settings: Setting[] = [];
    const sections = new Set<string>();
    collect(configurationSchema.entries, [], settings, sections);
    catalogue = { settings, sections, byKey: new Map(settings.map((setting) => [setting.key, setting])) };
  }
  return catalogue;
}

type Row = v.OptionalSchema<v.GenericSchema & { readonly entries?: Rows }, unknown>;
type Rows = Readonly<Record<string, Row>>;

function collect(rows: Rows, section: readonly string[], settings: Setting[], sections: Set<string>): void {
  for (const [name, row] of Object.entries(rows)) {
    const path = [...section, name];
    if (row.wrapped.entries === undefined) {
      settings.push(readRow(path, row));
    } else {
      sections.add(path.join('.'));
      collect(row.wrapped.entries, path, settings, sections);
    }
  }
}

function readRow(path: readonly string[], row: Row): Setting {
  const facts = factsOf(row.wrapped);
  return {
    ...facts,
    key: path.join('.'),
    path,
    schema: row.wrapped,
    defaultValue: row.default,
    variables: [`${VARIABLE_PREFIX}${path.join('_')}`.toUpperCase(), ...(facts.aliases ?? [])],
    choices: choicesOf(row.wrapped),
  };
}

function choicesOf(schema: v.GenericSchema & { readonly options?: unknown }): readonly string[] {
  return schema.type === 'picklist' ? (schema.options as readonly string[]) : [];
}
