import { toJsonSchema } from '@valibot/to-json-schema';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { allSections, allSettings, type Setting } from '../schema/settings.ts';
import { fateOf, olderKeys, UNUSED_SECTIONS } from '../sources/older-names.ts';
import { meaningOf } from './setting-meaning.ts';

/** A mapping under construction. */
interface Mapping {
  readonly type: readonly string[];
  readonly properties: Record<string, unknown>;
  readonly additionalProperties: false;
}

/** JSON Schema can't say these: they are left to `validate`. */
const IGNORED = ['metadata', 'check', 'transform', 'trim'];

/** The configuration file as JSON Schema 2020-12, for editors: every setting with its meaning and default. */
export function configurationJsonSchema(): JsonObject {
  const root = mapping();
  for (const section of allSections()) put(root, section.split('.'), mapping());
  for (const setting of allSettings()) put(root, setting.path, describeSetting(setting));
  for (const key of olderKeys) {
    put(root, key.split('.'), { deprecated: true, description: `Of an older server, ${fateOf(key)}.` });
  }
  for (const section of UNUSED_SECTIONS) put(root, [section], { description: 'Not used by this version.' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of tfo-mcp',
    ...(root as unknown as JsonObject),
  };
}

function describeSetting(setting: Setting) {
  const { schema, defaultValue } = setting;
  const { $schema, ...type } = toJsonSchema(schema, {
    typeMode: 'input',
    target: 'draft-2020-12',
    ignoreActions: IGNORED,
  });
  return {
    ...nullable(named(type, setting)),
    description: meaningOf(setting),
    ...(defaultValue !== undefined && { default: defaultValue }),
  };
}

type Described = Omit<ReturnType<typeof toJsonSchema>, '$schema'>;

/** Names what a list can have in it, be it written as a list or as a text with commas. */
function named(type: Described, { entries, words = [] }: Setting): Described {
  if (entries === undefined) return type;
  const all = [...new Set([...words, ...entries])];
  if (type.anyOf === undefined) return { ...type, items: { enum: all } };
  const entry = `\\s*(?:${all.join('|')})\\s*`;
  return {
    ...type,
    anyOf: [
      { type: 'string', pattern: `^${entry}(?:,${entry})*$` },
      { type: 'array', items: { enum: all } },
    ],
  };
}

/** Null stands for the default, as templates and older configurations have it. */
function nullable(type: Described) {
  if (type.anyOf !== undefined) return { ...type, anyOf: [...type.anyOf, { type: 'null' }] };
  return {
    ...type,
    ...(typeof type.type === 'string' && { type: [type.type, 'null'] }),
    ...(type.enum !== undefined && { enum: [...type.enum, null] }),
  };
}

/** A section with nothing in it but comments is null in YAML. */
function mapping(): Mapping {
  return { type: ['object', 'null'], properties: {}, additionalProperties: false };
}

function put(root: Mapping, path: readonly string[], value: unknown): void {
  let { properties } = root;
  for (const name of path.slice(0, -1)) ({ properties } = properties[name] as Mapping);
  properties[path.at(-1) ?? ''] = value;
}
