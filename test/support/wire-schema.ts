import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** The specification's own JSON Schemas, one file a revision. */
const folder = new URL('../fixtures/mcp-schema/', import.meta.url);

// The files hold no examples of formats like "uri" that ajv would know: they are annotations here.
const options = { strict: false, validateFormats: false };

interface Definitions {
  readonly names: ReadonlySet<string>;
  readonly path: string;
  readonly ajv: Ajv | Ajv2020;
}

const loaded = new Map<string, Definitions>();

function definitionsOf(revision: string): Definitions {
  const known = loaded.get(revision);
  if (known) return known;
  const schema = JSON.parse(readFileSync(new URL(`${revision}.json`, folder), 'utf8'));
  const isNew = schema.$schema.includes('2020-12');
  const keyword = isNew ? '$defs' : 'definitions';
  const ajv = isNew ? new Ajv2020(options) : new Ajv(options);
  ajv.addSchema(schema, revision);
  const definitions = { names: new Set(Object.keys(schema[keyword])), path: `${revision}#/${keyword}/`, ajv };
  loaded.set(revision, definitions);
  return definitions;
}

/** True if the revision's schema has a definition of this name. */
export function defines(revision: string, name: string): boolean {
  return definitionsOf(revision).names.has(name);
}

/** The reason why a value is not what the revision's schema calls `name`; undefined when it is. */
export function schemaProblem(revision: string, name: string, value: unknown): string | undefined {
  if (!defines(revision, name)) return `revision ${revision} knows no ${name}`;
  const { path, ajv } = definitionsOf(revision);
  const validate = ajv.getSchema(path + name);
  if (!validate) throw new Error(`Expected ajv to find "${path}${name}"`);
  if (validate(value)) return undefined;
  return `no ${name} of revision ${revision}: ${ajv.errorsText(validate.errors, { dataVar: 'it' })}`;
}
