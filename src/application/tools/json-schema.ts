import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { JsonObject } from '../../domain/shared/json.ts';

export type Schema = v.GenericSchema<unknown, unknown>;

/** Which schema of which tool. */
export type SchemaName = `${string}.${'input' | 'output'}`;

/**
 * A schema as JSON Schema 2020-12, without `$schema`: clients that know no other dialect refuse any mention of one. In the
 * bundle this module is replaced by the finished schemas (build/finished-schemas.ts): making them costs two milliseconds.
 * @throws TypeError unless it is a plain object at its root
 */
export function jsonSchemaOf(schema: Schema, name: SchemaName): JsonObject {
  const { $schema, ...rest } = toJsonSchema(schema, { typeMode: 'input', target: 'draft-2020-12' });
  if (rest.type !== 'object')
    throw new TypeError(`Expected the schema ${name} to be a plain object at its root`);
  return rest as JsonObject;
}
