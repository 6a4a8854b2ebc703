import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { JsonObject } from '../../../domain/shared/json.ts';

export type Schema = v.GenericSchema<unknown, unknown>;

/** The name of a schema of a tool. */
export type SchemaName = `${string}.${'input' | 'output'}`;

/**
 * A schema as JSON Schema 2020-12, without `$schema`: clients that know no other dialect refuse any mention of one.
 * @throws TypeError unless it is a plain object at its root
 */
export function jsonSchemaOf(schema: Schema, name: SchemaName): JsonObject {
  const isInput = name.endsWith('.input');
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    target: 'draft-2020-12',
    // A check has no word in JSON Schema; what it refuses, the tool says.
    ignoreActions: ['check'],
    overrideSchema: ({ jsonSchema }) => concise(jsonSchema, isInput),
  });
  if (rest.type !== 'object')
    throw new TypeError(`Expected the schema ${name} to be a plain object at its root`);
  return rest as JsonObject;
}

/** Without the words that ask for nothing: a model pays for each. That a result has nothing else is ours to see to. */
function concise(schema: JsonSchema, isInput: boolean): JsonSchema {
  const { required, properties, propertyNames: names, additionalProperties: others, ...rest } = schema;
  const isMap = typeof others === 'object' && Object.keys(properties ?? {}).length === 0;
  const isAnyName = typeof names === 'object' && Object.keys(names).join() === 'type';
  return {
    ...rest,
    ...(properties && !isMap && { properties }),
    ...(required?.length && { required }),
    ...(names !== undefined && !isAnyName && { propertyNames: names }),
    ...(others !== undefined && (isInput || others !== false) && { additionalProperties: others }),
  };
}
